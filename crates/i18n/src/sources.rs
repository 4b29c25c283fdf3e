//! The locale files, one pair for each part of the project, built into the binary.

use crate::Lang;

/// A part of the project and its sentences.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    /// The file's name without `.ftl`.
    pub name: &'static str,
    en: &'static str,
    zh: &'static str,
}

impl Area {
    /// The locale file as it is.
    pub const fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

macro_rules! areas {
    ($($name:literal),* $(,)?) => {
        &[$(Area {
            name: $name,
            en: include_str!(concat!("../locales/en/", $name, ".ftl")),
            zh: include_str!(concat!("../locales/zh-CN/", $name, ".ftl")),
        }),*]
    };
}

/// Every part. A new pair of files needs its line here; a test finds the forgotten ones.
pub const AREAS: &[Area] = areas![
    "common", "project", "rules", "plan", "cli", "report", "lab", "errors", "steps", "ssh", "facts", "ledger", "vault",
    "approval", "packages", "assess", "solver", "remedy", "census"
];
