//! Rich dependencies, `(a or b)`, `(a >= 2 if (b with c) else d)`, as rpm's manual writes them (dependencies, "Boolean").
//!
//! The words join from right to left. Only `and`, `or` and `with` stand more than once in one bracket, each among its like;
//! `else` stands after one `if` or `unless`.

use crate::ffi::{Dep, Joint, Pool, Relation};

/// How deep brackets may stand in brackets. The deepest in a distribution is 3.
const DEPTH_LIMIT: usize = 32;

/// Reads a whole text; `None` when it is no rich dependency, or something follows it.
pub(crate) fn read(text: &str, pool: &mut Pool) -> Option<Dep> {
    let mut reader = Reader { rest: text, pool, depth: 0 };
    let dep = reader.bracket()?;
    reader.rest.trim_start_matches(' ').is_empty().then_some(dep)
}

struct Reader<'t, 'p> {
    rest: &'t str,
    pool: &'p mut Pool,
    depth: usize,
}

impl<'t> Reader<'t, '_> {
    fn bracket(&mut self) -> Option<Dep> {
        self.rest = self.rest.strip_prefix('(')?;
        self.depth += 1;
        let dep = if self.depth > DEPTH_LIMIT { None } else { self.chain(None) };
        self.depth -= 1;
        dep
    }

    /// What stands before the closing bracket, and that bracket.
    fn chain(&mut self, before: Option<Joint>) -> Option<Dep> {
        let left = self.term()?;
        if let Some(rest) = self.rest.strip_prefix(')') {
            self.rest = rest;
            return Some(left);
        }
        let joint = joint(self.until(|c| c == ' '))?;
        if !may_follow(before, joint) {
            return None;
        }
        let right = self.chain(Some(joint))?;
        Some(self.pool.join(left, joint, right))
    }

    /// A bracket, a name, or a name with a version, and the blanks around it.
    fn term(&mut self) -> Option<Dep> {
        self.blanks();
        let dep = if self.rest.starts_with('(') { self.bracket()? } else { self.plain()? };
        self.blanks();
        Some(dep)
    }

    fn plain(&mut self) -> Option<Dep> {
        let name = self.word()?;
        let name = self.pool.text(name);
        self.blanks();
        let sign = self.until(|c| !matches!(c, '<' | '=' | '>'));
        if sign.is_empty() {
            return Some(self.pool.dep(name, None));
        }
        let relation = relation(sign)?;
        self.blanks();
        let evr = self.word()?;
        let evr = self.pool.text(evr);
        Some(self.pool.dep(name, Some((relation, evr))))
    }

    /// A name or a version. Brackets that it opens, as in `python3dist(rpm)`, belong to it with all between them.
    fn word(&mut self) -> Option<&'t str> {
        let mut open = 0_usize;
        let word = self.until(|c| {
            match c {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                _ => return open == 0 && matches!(c, ' ' | ',' | ')'),
            }
            false
        });
        (!word.is_empty()).then_some(word)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }

    /// Takes everything before the first character that ends it.
    fn until(&mut self, ends: impl FnMut(char) -> bool) -> &'t str {
        let (taken, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }
}

fn joint(word: &str) -> Option<Joint> {
    Some(match word {
        "and" => Joint::And,
        "or" => Joint::Or,
        "with" => Joint::With,
        "without" => Joint::Without,
        "if" => Joint::If,
        "unless" => Joint::Unless,
        "else" => Joint::Else,
        _ => return None,
    })
}

fn may_follow(before: Option<Joint>, joint: Joint) -> bool {
    match (before, joint) {
        (None, joint) => joint != Joint::Else,
        (Some(before), Joint::And | Joint::Or | Joint::With) => before == joint,
        (Some(before), Joint::Else) => matches!(before, Joint::If | Joint::Unless),
        (Some(_), Joint::If | Joint::Unless | Joint::Without) => false,
    }
}

fn relation(sign: &str) -> Option<Relation> {
    Some(match sign {
        "=" => Relation::Equal,
        "<" => Relation::Less,
        ">" => Relation::Greater,
        "<=" => Relation::LessOrEqual,
        ">=" => Relation::GreaterOrEqual,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ffi::Library;

    fn pool() -> Pool {
        Pool::new(Library::open().expect("libsolv1 is installed (scripts/prerequisites.sh)"), c"x86_64")
    }

    #[test]
    fn what_rpm_writes_is_read_and_said_as_libsolv_says_it() {
        let mut pool = pool();
        for text in [
            "(a or b)",
            "(a or b or c)",
            "(a and b >= 2:1-3)",
            "(a if b)",
            "(a if b else c)",
            "(a unless b else c)",
            "(a with b < 3)",
            "(a without b)",
            "((a and b) or (c if (d or e)))",
            "(python3dist(rpm) with python3.9dist(x[y]) >= 1)",
            "(libx.so.1()(64bit) or libx(v = 1))",
        ] {
            let dep = read(text, &mut pool).unwrap_or_else(|| panic!("{text}"));
            let said = pool.say_dep(dep);
            assert_eq!(said, text);
        }
    }

    #[test]
    fn what_rpm_refuses_is_refused() {
        let mut pool = pool();
        let deep = format!("{}a{}", "(".repeat(40), ")".repeat(40));
        for text in [
            "",
            "a",
            "(",
            "()",
            "(a",
            "(a or)",
            "(a or b",
            "(a or b) c",
            "(or b)",
            "(a or b and c)",
            "(a if b if c)",
            "(a else b)",
            "(a or b else c)",
            "(a xor b)",
            "(a >== 2)",
            "(a >= )",
            "(a , b)",
            "(a without b without c)",
            &deep,
        ] {
            assert_eq!(read(text, &mut pool), None, "{text}");
        }
    }
}
