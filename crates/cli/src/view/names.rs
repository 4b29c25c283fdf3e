//! Many host names in few words: `mon-1, cache-1..2, web-01..12`.

/// At most so many groups are named; the rest is counted.
const GROUPS_NAMED: usize = 12;

/// The names in their order, neighbours with running numbers put together. Answers how many it left out.
pub fn gathered<'a>(names: impl IntoIterator<Item = &'a str>) -> (String, usize) {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for name in names {
        match groups.last_mut().filter(|g| g.takes(name)) {
            Some(group) => group.add(name),
            None => groups.push(Group::new(name)),
        }
    }
    let left_out = groups.iter().skip(GROUPS_NAMED).map(|g| g.count).sum();
    let said: Vec<String> = groups.iter().take(GROUPS_NAMED).map(Group::say).collect();
    (said.join(", "), left_out)
}

/// Names that differ in a running number at their end.
struct Group<'a> {
    first: &'a str,
    last: &'a str,
    count: usize,
}

impl<'a> Group<'a> {
    fn new(name: &'a str) -> Self {
        Self { first: name, last: name, count: 1 }
    }

    fn takes(&self, name: &str) -> bool {
        let ((stem, last), (other, next)) = (split(self.last), split(name));
        let number = |digits: &str| digits.parse::<u64>().ok();
        stem == other
            && same_shape(last, next)
            && number(last).zip(number(next)).is_some_and(|(a, b)| a.checked_add(1) == Some(b))
    }

    fn add(&mut self, name: &'a str) {
        self.last = name;
        self.count += 1;
    }

    fn say(&self) -> String {
        match self.count {
            1 => self.first.to_owned(),
            _ => format!("{}..{}", self.first, split(self.last).1),
        }
    }
}

/// The name without the digits at its end, and those digits.
fn split(name: &str) -> (&str, &str) {
    name.split_at(name.trim_end_matches(|c: char| c.is_ascii_digit()).len())
}

/// `9` runs on to `10`, and `09` to `10`; `9` does not run on to `010`.
fn same_shape(a: &str, b: &str) -> bool {
    a.len() == b.len() || (!a.starts_with('0') && !b.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_numbers_are_put_together() {
        for (names, want) in [
            (vec![], ""),
            (vec!["mon-1"], "mon-1"),
            (vec!["web-1", "web-2", "web-3", "db-1"], "web-1..3, db-1"),
            (vec!["web-9", "web-10"], "web-9..10"),
            (vec!["web-09", "web-10"], "web-09..10"),
            (vec!["web-9", "web-010"], "web-9, web-010"),
            (vec!["web-1", "web-3"], "web-1, web-3"),
            (vec!["a", "b"], "a, b"),
            (vec!["node18446744073709551615", "node0"], "node18446744073709551615, node0"),
        ] {
            assert_eq!(gathered(names.clone()), (want.to_owned(), 0), "{names:?}");
        }
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let names: Vec<String> = (0..100).map(|n| format!("h{}", n * 2)).collect();
        let (said, left_out) = gathered(names.iter().map(String::as_str));
        assert_eq!((said.matches(", ").count(), left_out), (11, 88));
    }
}
