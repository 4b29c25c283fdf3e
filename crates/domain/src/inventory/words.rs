//! A line's words, as a POSIX shell (and Ansible) would split them.

use super::{Place, Trouble};

/// A word without its quotes, and the column where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub column: usize,
}

/// Splits at blanks; `'..'` and `".."` hold blanks, `\` takes the next character as it is, `#` outside
/// of quotes ends the line. `Err` holds the column of a quotation mark that is never closed.
pub(super) fn split(line: &str) -> Result<Vec<Word>, usize> {
    let mut words: Vec<Word> = Vec::new();
    let mut inside = false;
    let mut chars = line.chars().enumerate();
    while let Some((at, c)) = chars.next() {
        match c {
            '#' => break,
            c if c.is_whitespace() => {
                inside = false;
                continue;
            }
            _ if !inside => {
                words.push(Word { text: String::new(), column: at + 1 });
                inside = true;
            }
            _ => {}
        }
        let Some(word) = words.last_mut() else { continue };
        match c {
            '\'' | '"' => quoted(c, &mut chars, &mut word.text).ok_or(at + 1)?,
            '\\' => word.text.extend(chars.next().map(|(_, next)| next)),
            c => word.text.push(c),
        }
    }
    Ok(words)
}

/// The same with an error that names the place.
pub(super) fn split_at(line: &str, at: &Place) -> Result<Vec<Word>, super::InventoryError> {
    split(line).map_err(|column| {
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        Place { column, ..at.clone() }.error(Trouble::OpenQuote)
    })
}

fn quoted(mark: char, chars: &mut impl Iterator<Item = (usize, char)>, text: &mut String) -> Option<()> {
    loop {
        match chars.next()?.1 {
            c if c == mark => return Some(()),
            '\\' if mark == '"' => match chars.next()?.1 {
                c @ ('"' | '\\') => text.push(c),
                c => text.extend(['\\', c]),
            },
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_a_shell_splits_them() {
        for (line, want) in [
            ("web-1 a=1  b=2", Ok(vec!["web-1", "a=1", "b=2"])),
            ("  a='x y' b=\"it's\" # rest", Ok(vec!["a=x y", "b=it's"])),
            (r#"a="say \"hi\" \n" b=x\ y"#, Ok(vec![r#"a=say "hi" \n"#, "b=x y"])),
            ("pw=abc#def", Ok(vec!["pw=abc"])),
            ("a='' ''", Ok(vec!["a=", ""])),
            ("a='open", Err(3)),
            ("", Ok(vec![])),
        ] {
            let got = split(line).map(|words| words.into_iter().map(|w| w.text).collect::<Vec<_>>());
            assert_eq!(got, want.map(|words| words.into_iter().map(String::from).collect()), "{line:?}");
        }
        assert_eq!(split(" ä b").map(|w| w.iter().map(|w| w.column).collect()), Ok(vec![2, 4]));
    }
}
