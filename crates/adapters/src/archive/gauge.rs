//! Counts what comes out of a decoder against what went into it, and stops it at the limits.

use super::{Broken, Limits};
use std::{
    cell::{Cell, RefCell},
    io::{self, Read},
    rc::Rc,
};

/// Shared between the two ends of a decoder and the one who reads.
#[derive(Debug, Default)]
pub(super) struct Counts {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    /// How much may be read until it is set again: between two entries lie only headers.
    allowed: Cell<Option<u64>>,
    ended: Cell<bool>,
    tripped: RefCell<Option<Broken>>,
}

impl Counts {
    /// Allows this many bytes from now on; none takes that limit away.
    pub(super) fn allow(&self, bytes: Option<u64>) {
        self.allowed.set(bytes);
    }

    /// Whether the end of the input was seen.
    pub(super) fn ended(&self) -> bool {
        self.ended.get()
    }

    /// The limit that was passed, if one was; it is told once.
    pub(super) fn tripped(&self) -> Option<Broken> {
        self.tripped.borrow_mut().take()
    }
}

/// The packed side: counts.
pub(super) struct Intake<R> {
    inner: R,
    counts: Rc<Counts>,
}

impl<R> Intake<R> {
    pub(super) fn new(inner: R, counts: Rc<Counts>) -> Self {
        Self { inner, counts }
    }
}

impl<R: Read> Read for Intake<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.counts.packed.set(self.counts.packed.get() + got as u64);
        Ok(got)
    }
}

/// The unpacked side: counts and refuses.
pub(super) struct Gauge<R> {
    inner: R,
    counts: Rc<Counts>,
    limits: Limits,
}

impl<R> Gauge<R> {
    pub(super) fn new(inner: R, counts: Rc<Counts>, limits: Limits) -> Self {
        Self { inner, counts, limits }
    }

    fn check(&self) -> Result<(), Broken> {
        let (packed, unpacked) = (self.counts.packed.get(), self.counts.unpacked.get());
        let Limits { unpacked_bytes, ratio, ratio_from_bytes, .. } = self.limits;
        if unpacked > unpacked_bytes {
            return Err(Broken::TooLarge { limit: unpacked_bytes >> 20 });
        }
        if unpacked > ratio_from_bytes && unpacked / ratio > packed {
            return Err(Broken::Bomb { ratio });
        }
        Ok(())
    }
}

impl<R: Read> Read for Gauge<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.counts.unpacked.set(self.counts.unpacked.get() + got as u64);
        self.counts.ended.set(got == 0 && !buffer.is_empty());
        let mut checked = self.check();
        if let Some(allowed) = self.counts.allowed.get() {
            match allowed.checked_sub(got as u64) {
                Some(rest) => self.counts.allowed.set(Some(rest)),
                None => checked = Err(Broken::Damaged("a header without end".to_owned())),
            }
        }
        checked.map(|()| got).map_err(|broken| {
            *self.counts.tripped.borrow_mut() = Some(broken);
            io::Error::other("a limit was passed")
        })
    }
}
