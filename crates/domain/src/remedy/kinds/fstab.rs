//! /etc/fstab: rows that mean the same, written so that EL 9 reads them alike.

use super::rule;
use crate::{
    Message,
    facts::Facts,
    remedy::{
        draft::{Ask, Draft},
        edit::Hand,
    },
};

/// Source, mount point, kind, options, dump, pass.
const FIELDS: std::ops::RangeInclusive<usize> = 4..=6;

/// The device by the UUID of what is mounted from it now. The host tells the UUID itself, and only while the device is
/// mounted where the row says: names of disks may have changed places since the row was written.
pub fn by_uuid(facts: &Facts, finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let (device, point) = (arg(finding, "source")?, arg(finding, "path")?);
    if !plain(device) || !plain(point) {
        return Err(Hand::OtherForm);
    }
    let line = draft.telling().find(|line| line.words().get(..2) == Some(&[device, point]));
    let line = line.ok_or(Hand::OtherForm)?;
    let swap = line.words().get(2) == Some(&"swap");
    let mounted = |mounts: &Vec<_>| {
        let at = |mount: &&crate::facts::Mount| mount.path == point;
        mounts.iter().rfind(at).is_some_and(|mount| mount.source == device)
    };
    if !swap && !facts.mounts.known().is_some_and(mounted) {
        return Err(Hand::NotInUse);
    }
    line.replace_word(0, &format!("UUID={{{device}}}"))?;
    let point = if swap { "swap" } else { point };
    draft.asks.push(Ask { device: device.to_owned(), point: point.to_owned() });
    Ok(())
}

/// `... 0 0 # why` as a comment and a row.
pub fn own_line_comment(finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let line = draft.line_of(finding)?;
    let at = line.words().iter().position(|word| word.starts_with('#')).ok_or(Hand::OtherForm)?;
    let sign = line.text.find('#').ok_or(Hand::OtherForm)?;
    let lone = line.text[..sign].ends_with(char::is_whitespace);
    if !FIELDS.contains(&at) || !lone {
        return Err(Hand::OtherForm);
    }
    let comment = line.text.split_off(sign);
    line.text.truncate(line.text.trim_end().len());
    line.put_above(comment);
    Ok(())
}

/// The row without the options that the finding names.
pub fn without_options(finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let (point, gone) = (arg(finding, "path")?, arg(finding, "options")?);
    let gone: Vec<&str> = gone.split(',').collect();
    let names = |options: &str| options.split(',').any(|option| gone.contains(&option));
    let mut done = false;
    for line in draft.telling() {
        let words = line.words();
        let &[_, path, "xfs", options, ..] = &words[..] else { continue };
        if path != point || !names(options) {
            continue;
        }
        let kept: Vec<&str> = options.split(',').filter(|option| !gone.contains(option)).collect();
        let kept = if kept.is_empty() { "defaults".to_owned() } else { kept.join(",") };
        line.replace_word(3, &kept)?;
        done = true;
    }
    if done { Ok(()) } else { Err(Hand::OtherForm) }
}

/// Of rows that are the same in every field, the first.
pub fn once(finding: &Message, draft: &mut Draft) -> Result<(), Hand> {
    let point = arg(finding, "path")?;
    let rows: Vec<String> = draft.telling().map(|line| line.words().join(" ")).collect();
    let mut of_point = rows.iter().filter(|row| row.split(' ').nth(1) == Some(point));
    let first = of_point.next().ok_or(Hand::OtherForm)?.clone();
    if !of_point.all(|row| *row == first) {
        return Err(Hand::Changes); // which of them counts is not for a machine to say
    }
    for line in draft.telling().filter(|line| line.words().join(" ") == first).skip(1) {
        line.retire(&rule("storage.mount-twice"));
    }
    Ok(())
}

fn arg<'m>(finding: &'m Message, name: &str) -> Result<&'m str, Hand> {
    finding.arg(name).ok_or(Hand::OtherForm)
}

/// Without blanks, quotes and what fstab writes as `\040`.
fn plain(path: &str) -> bool {
    path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.'))
}
