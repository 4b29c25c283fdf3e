//! The execution report as Markdown and as one self-contained HTML page, in English and in Chinese.
//!
//! The figures come from [`rockhop_domain::report`]; this crate finds words and drawings for them and never
//! computes one. The same report gives the same bytes.

pub mod assessment;
mod chapters;
mod doc;
mod html;
mod markdown;
mod pen;
mod svg;
mod words;

use rockhop_domain::report::Report;
use rockhop_i18n::{Catalogue, Lang};

/// The report as Markdown, for archives and reviews. Every number links to the evidence at its end.
pub fn render_markdown(report: &Report, lang: Lang) -> String {
    markdown::write(&chapters::document(report, &Catalogue::new(lang)))
}

/// The report as one HTML page without scripts: for the screen, dark and light, and for A4 paper.
pub fn render_html(report: &Report, lang: Lang) -> String {
    html::write(&chapters::document(report, &Catalogue::new(lang)))
}

/// The report's figures as JSON, with stable English keys, for machines.
pub fn render_json(report: &Report) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report)
}
