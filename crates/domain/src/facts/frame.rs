//! The framing of a survey's answer: sections between lines that carry a random word.
//!
//! The first line names the word, so an answer kept in a file can be read later. Content cannot forge
//! a frame, for it cannot know the word. An answer without its final frame was cut off.

use super::Why;
use std::collections::BTreeMap;

/// The answer is not one of this survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotASurvey {
    /// The first line is something else.
    #[error("the answer does not start with a survey's first line")]
    NoHeader,
    /// A format that this version does not know.
    #[error("the survey was made in a newer format; use a newer release to read it")]
    NewerFormat,
}

/// A survey's answer, cut into sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The random word of the frames.
    pub word: String,
    sections: BTreeMap<String, Section>,
    refusal: Option<String>,
    complete: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    body: String,
    status: i32,
    said: String,
}

/// Statuses with a meaning of their own; the script uses the same.
const NEEDS_ROOT: i32 = 77;
const TIMED_OUT: i32 = 124;
const NO_SUCH_TOOL: i32 = 127;

impl Answer {
    /// Reads an answer. Bytes that are not UTF-8 are replaced, for file names and contents may be anything.
    pub fn parse(bytes: &[u8]) -> Result<Self, NotASurvey> {
        Self::parse_as("===rockhop ", bytes)
    }

    /// The same of an answer whose first line begins so: not every script that frames its sections is the survey.
    pub fn parse_as(header: &str, bytes: &[u8]) -> Result<Self, NotASurvey> {
        let text = String::from_utf8_lossy(bytes);
        let (first, rest) = text.split_once('\n').ok_or(NotASurvey::NoHeader)?;
        let header = first.strip_prefix(header).ok_or(NotASurvey::NoHeader)?;
        let (format, word) = header.split_once(' ').ok_or(NotASurvey::NoHeader)?;
        match format.parse::<u32>() {
            Ok(1) if !word.is_empty() => Ok(Self::cut(word, rest)),
            Ok(format) if format > 1 => Err(NotASurvey::NewerFormat),
            _ => Err(NotASurvey::NoHeader),
        }
    }

    fn cut(word: &str, rest: &str) -> Self {
        let mark = format!("==={word} ");
        let mut answer = Self { word: word.to_owned(), sections: BTreeMap::new(), refusal: None, complete: false };
        let mut open: Option<(&str, String)> = None;
        for line in rest.split_inclusive('\n') {
            match (line.strip_prefix(&mark).map(|frame| frame.trim_end_matches('\n')), &mut open) {
                (Some("."), _) => answer.complete = true,
                (Some(frame), _) if frame.starts_with("! ") => answer.refusal = Some(frame[2..].to_owned()),
                (Some(frame), _) if frame.starts_with("+ ") => open = Some((&frame[2..], String::new())),
                (Some(frame), _) if frame.starts_with("- ") => {
                    if let Some((name, body)) = open.take() {
                        answer.close(name, body, &frame[2..]);
                    }
                }
                (_, Some((_, body))) => body.push_str(line),
                (_, None) => {}
            }
        }
        answer.name_secrets();
        answer
    }

    /// The host numbers its secrets and tells their digests at the end: `<redacted:@2>` becomes `<redacted:01234567>`.
    /// Without a digest nothing can be said of equality, so the numbers go as well.
    fn name_secrets(&mut self) {
        let digests = self.sections.get("digests").map_or_else(BTreeMap::new, |section| secret_digests(&section.body));
        for section in self.sections.values_mut().filter(|section| section.body.contains(NUMBERED)) {
            section.body = named_secrets(&section.body, &digests);
        }
    }

    fn close(&mut self, name: &str, mut body: String, frame: &str) {
        let mut words = frame.splitn(3, ' ');
        let (Some(ended), Some(Ok(status))) = (words.next(), words.next().map(str::parse)) else { return };
        if ended != name {
            return;
        }
        body.truncate(body.strip_suffix('\n').unwrap_or(&body).len()); // the script's own line end before the frame
        let said = words.next().unwrap_or_default().trim().to_owned();
        self.sections.insert(name.to_owned(), Section { body, status, said });
    }

    /// Whether its last frame is there.
    pub fn is_whole(&self) -> bool {
        self.complete
    }

    /// The content of a section that ended well, or why there is none.
    pub fn section(&self, name: &str) -> Result<&str, Why> {
        let section = self.sections.get(name).ok_or_else(|| self.absence())?;
        section.why().map_or(Ok(&section.body), Err)
    }

    fn absence(&self) -> Why {
        match &self.refusal {
            Some(tool) => Why::ToolMissing { tool: tool.clone() },
            None if self.complete => Why::Missing,
            None => Why::Truncated,
        }
    }
}

/// How a replaced secret starts in an answer.
const NUMBERED: &str = "<redacted:@";

/// What stands for a digest that the host could not make.
const NO_DIGEST: &str = "????????";

/// Lines like `0123...  /run/rockhop-survey.WORD.secret.2`: the number and the first eight digits.
fn secret_digests(body: &str) -> BTreeMap<String, String> {
    let row = |line| {
        let (digest, path): (&str, &str) = str::split_once(line, "  ")?;
        Some((path.rsplit_once(".secret.")?.1.to_owned(), digest.get(..8)?.to_owned()))
    };
    body.lines().filter_map(row).collect()
}

fn named_secrets(body: &str, digests: &BTreeMap<String, String>) -> String {
    let mut parts = body.split(NUMBERED);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(digits);
        text.push_str("<redacted:");
        text.push_str(digests.get(number).map_or(NO_DIGEST, String::as_str));
        text.push_str(rest);
    }
    text
}

impl Section {
    fn why(&self) -> Option<Why> {
        match self.status {
            0 => None,
            NEEDS_ROOT => Some(Why::NoSudo),
            TIMED_OUT => Some(Why::TimedOut),
            NO_SUCH_TOOL => Some(Why::ToolMissing { tool: self.said.clone() }),
            status => Some(Why::Failed { status, said: self.said.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "===rockhop 1 w\n===w + a\none\n===x + b\n\n===w - a 0 \n===w + c\n\n===w - c 77 \n===w + d\n\n===w - d 2 no such file\n===w .\n";

    #[test]
    fn sections_are_cut_at_the_word_and_nowhere_else() {
        let answer = Answer::parse(TEXT.as_bytes()).expect("a survey");
        assert_eq!(answer.section("a"), Ok("one\n===x + b\n"));
        assert_eq!(answer.section("c"), Err(Why::NoSudo));
        assert_eq!(answer.section("d"), Err(Why::Failed { status: 2, said: "no such file".into() }));
        assert_eq!(answer.section("e"), Err(Why::Missing));
    }

    #[test]
    fn numbered_secrets_get_their_digests() {
        let text = |digests: &str| {
            format!(
                "===rockhop 1 w\n===w + a\nx <redacted:@1> <redacted:@2>\nz <redacted:@\n\n===w - a 0 \n{digests}===w .\n"
            )
        };
        let with =
            text("===w + digests\n0123456789  /run/r.secret.1\nabcdef0123  /run/r.secret.2\n\n===w - digests 0 \n");
        let answer = Answer::parse(with.as_bytes()).expect("a survey");
        assert_eq!(answer.section("a"), Ok("x <redacted:01234567> <redacted:abcdef01>\nz <redacted:????????\n"));
        let answer = Answer::parse(text("").as_bytes()).expect("a survey");
        assert_eq!(answer.section("a"), Ok("x <redacted:????????> <redacted:????????>\nz <redacted:????????\n"));
    }

    #[test]
    fn an_answer_that_was_cut_off_says_so() {
        for end in 0..TEXT.len() - 2 {
            let Ok(answer) = Answer::parse(&TEXT.as_bytes()[..end]) else { continue };
            assert_eq!(answer.section("e"), Err(Why::Truncated), "cut at {end}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for (text, want) in [
            ("", NotASurvey::NoHeader),
            ("hello\n", NotASurvey::NoHeader),
            ("===rockhop x w\n", NotASurvey::NoHeader),
            ("===rockhop 2 w\n", NotASurvey::NewerFormat),
        ] {
            assert_eq!(Answer::parse(text.as_bytes()), Err(want), "{text:?}");
        }
    }
}
