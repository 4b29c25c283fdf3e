//! nginx: its files are carried with the others; here it is checked, stopped and started.

use super::super::{part::Part, sh, subject::Subject};
use crate::Message;

const UNIT: &str = "nginx.service";

pub(super) fn part(subject: &Subject<'_>) -> Result<Option<Part>, Message> {
    let there = subject.need(&subject.facts.nginx, "nginx")?.is_some();
    if !there || !subject.enabled(UNIT) {
        return Ok(None);
    }
    let units = vec![UNIT.to_owned()];
    Ok(Some(Part {
        validate: vec![sh::part(&[], &[sh::body!("validate-nginx")]), super::runs(&units)],
        look: vec![sh::part(&[], &["nginx -t -q\n"])],
        old_units: units.clone(),
        units,
        ..Part::default()
    }))
}
