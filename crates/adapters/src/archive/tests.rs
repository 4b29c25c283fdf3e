//! Archives that are broken in every way that is known.
