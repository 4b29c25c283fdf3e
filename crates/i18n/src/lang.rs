//! The languages Rockhop speaks, and how a person names them.

use std::fmt;
use std::str::FromStr;

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

/// A language the catalogue does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLang(
    /// What was asked for.
    pub String,
);

impl Lang {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The language tag: `en`, `zh-CN`. Also the name of its folder of sentences.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }

    /// The language that a locale setting such as `LANG` asks for. Anything that does not ask for
    /// Chinese (`C`, `POSIX`, `de_DE.UTF-8`, an empty text) is answered in English.
    pub fn of_locale(locale: &str) -> Self {
        locale.parse().unwrap_or(Self::En)
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    /// Reads a flag or a locale name: `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`, `en_GB@euro`.
    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        let language = text.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "en" => Ok(Self::En),
            "zh" => Ok(Self::Zh),
            _ => Err(UnknownLang(text.to_owned())),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no language {:?} here; use `en` or `zh`", self.0)
    }
}

impl std::error::Error for UnknownLang {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_and_locales_name_languages() {
        for (text, want) in [
            ("zh", Ok(Lang::Zh)),
            ("zh-CN", Ok(Lang::Zh)),
            ("zh_CN.UTF-8", Ok(Lang::Zh)),
            ("ZH", Ok(Lang::Zh)),
            ("en", Ok(Lang::En)),
            ("en_GB.UTF-8@euro", Ok(Lang::En)),
            ("C.UTF-8", Err(UnknownLang("C.UTF-8".into()))),
            ("", Err(UnknownLang(String::new()))),
            ("english", Err(UnknownLang("english".into()))),
        ] {
            assert_eq!(text.parse(), want, "{text:?}");
        }
    }

    #[test]
    fn a_locale_always_has_an_answer() {
        for (locale, want) in [("zh_CN.UTF-8", Lang::Zh), ("C", Lang::En), ("de_DE.UTF-8", Lang::En), ("", Lang::En)] {
            assert_eq!(Lang::of_locale(locale), want, "{locale:?}");
        }
    }
}
