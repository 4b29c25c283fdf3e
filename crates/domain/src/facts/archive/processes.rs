//! Processes as `ps` prints them in its own columns.

use crate::facts::{BadLine, Process};
use std::collections::BTreeMap;

/// Reads `ps auxww` and its like (`USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND`); the short names from
/// `ps auxcww` or `ps -eo pid,ppid,comm` where there is one. Kernel threads are left out.
pub(super) fn aux(text: &str, names: Option<&str>) -> Result<Vec<Process>, BadLine> {
    let names = names.map(short_names).unwrap_or_default();
    let rows = numbered(text, "USER", |line| {
        let (columns, args) = columns::<10>(line)?;
        if columns[1] == "-" {
            return Some(None); // a thread of the process above
        }
        let pid: u32 = columns[1].parse().ok()?;
        let is_kernel = columns[4] == "0" && args.starts_with('[');
        Some((!is_kernel).then(|| process(columns[0], names.get(&pid).map(String::as_str), args)))
    });
    sorted(rows?)
}

/// Reads `ps auxcww`, which tells every process and no arguments; the arguments of those that `ps auxww` told, which may
/// be only some. Without arguments a kernel thread is told by having no memory of its own.
pub(super) fn named(text: &str, some: Option<&str>) -> Result<Vec<Process>, BadLine> {
    let all = |line: &str| {
        columns::<10>(line).and_then(|(columns, last)| Some((columns[1].parse::<u32>().ok()?, last.to_owned())))
    };
    let args: BTreeMap<u32, String> = some.unwrap_or_default().lines().filter_map(all).collect();
    let rows = numbered(text, "USER", |line| {
        let (columns, name) = columns::<10>(line)?;
        let pid: u32 = columns[1].parse().ok()?;
        let comm = name.trim_end().trim_end_matches(" <defunct>").to_owned();
        let args = args.get(&pid).cloned().unwrap_or_default();
        Some((columns[4] != "0").then(|| Process { user: columns[0].to_owned(), comm, args }))
    });
    sorted(rows?)
}

/// Reads `ps -ef` (`UID PID PPID C STIME TTY TIME CMD`).
pub(super) fn ef(text: &str, names: Option<&str>) -> Result<Vec<Process>, BadLine> {
    const KTHREADD: u32 = 2;
    let names = names.map(short_names).unwrap_or_default();
    let rows = numbered(text, "UID", |line| {
        let (columns, args) = columns::<7>(line)?;
        let (pid, parent): (u32, u32) = (columns[1].parse().ok()?, columns[2].parse().ok()?);
        let is_kernel = parent == KTHREADD || (parent == 0 && pid == KTHREADD);
        Some((!is_kernel).then(|| process(columns[0], names.get(&pid).map(String::as_str), args)))
    });
    sorted(rows?)
}

/// Rows below the header that begins with `first`. Arguments may hold line ends: what is no row goes on with the last.
fn numbered(
    text: &str,
    first: &str,
    row: impl Fn(&str) -> Option<Option<Process>>,
) -> Result<Vec<Option<Process>>, BadLine> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let header = lines.next().unwrap_or_default();
    if header.split_whitespace().next() != Some(first) {
        return Err(BadLine::new(header));
    }
    let mut rows: Vec<Option<Process>> = Vec::new();
    for line in lines {
        match (row(line), rows.last_mut()) {
            (Some(found), _) => rows.push(found),
            (None, Some(Some(before))) => before.args = format!("{} {}", before.args, line.trim()),
            (None, Some(None)) => {}
            (None, None) => return Err(BadLine::new(line)),
        }
    }
    Ok(rows)
}

fn sorted(rows: Vec<Option<Process>>) -> Result<Vec<Process>, BadLine> {
    let mut processes: Vec<Process> = rows.into_iter().flatten().collect();
    processes.sort();
    Ok(processes)
}

fn process(user: &str, name: Option<&str>, args: &str) -> Process {
    let comm = name.map_or_else(|| from_args(args), str::to_owned);
    Process { user: user.to_owned(), comm, args: args.to_owned() }
}

/// What the kernel would call it, where nobody said: the program's name, at most 15 bytes of it.
fn from_args(args: &str) -> String {
    const KERNEL_KEEPS: usize = 15;
    let first = args.split_whitespace().next().unwrap_or_default().trim_start_matches('-').trim_end_matches(':');
    first.rsplit('/').next().unwrap_or_default().chars().take(KERNEL_KEEPS).collect()
}

/// `PID` to short name, from a listing that shows the name and no arguments.
fn short_names(text: &str) -> BTreeMap<u32, String> {
    let header: Vec<&str> = text.lines().next().unwrap_or_default().split_whitespace().collect();
    let Some(pid) = header.iter().position(|word| *word == "PID") else { return BTreeMap::new() };
    let Some(comm) = header.iter().position(|word| *word == "COMMAND") else { return BTreeMap::new() };
    let is_last = comm + 1 == header.len();
    let name = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let name = if is_last { words.get(comm..)?.join(" ") } else { (*words.get(comm)?).to_owned() };
        Some((words.get(pid)?.parse().ok()?, name.trim_end_matches(" <defunct>").to_owned()))
    };
    text.lines().skip(1).filter_map(name).collect()
}

/// The first `N` columns, and what follows them as it is.
fn columns<const N: usize>(line: &str) -> Option<([&str; N], &str)> {
    let (mut rest, mut columns) = (line.trim_start(), [""; N]);
    for column in &mut columns {
        let (word, after) = rest.split_once(char::is_whitespace)?;
        *column = word;
        rest = after.trim_start();
    }
    (!rest.is_empty()).then_some((columns, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_and_without_short_names() {
        let text = "USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n\
            root         2  0.0  0.0      0     0 ?        S    09:49   0:00 [kthreadd]\n\
            redis     1357  0.0  0.0  62044  1080 ?        S<sl 09:49   0:00 /usr/bin/redis-server *:6379\n\
            redis        -  0.0  0.0      -     - -        S<sl 09:49   0:00 -\n\
            app       1400  0.0  0.0  62044  1080 ?        S    09:49   0:00 sh -c echo\n  second line\n";
        let names = "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\nredis 1357 0 0 0 0 ? S 0 0 redis-server\n";
        let got: Vec<_> = aux(text, Some(names)).expect("rows").into_iter().map(|p| (p.comm, p.args)).collect();
        let want = [("sh", "sh -c echo second line"), ("redis-server", "/usr/bin/redis-server *:6379")];
        assert_eq!(got, want.map(|(comm, args)| (comm.to_owned(), args.to_owned())));
        assert!(aux("error: unsupported option\n", None).is_err());
    }

    #[test]
    fn rows_of_ef() {
        let text = "UID PID PPID C STIME TTY TIME CMD\nroot 2 0 0 Oct25 ? 00:00:00 [kthreadd]\nroot 4 2 0 Oct25 ? 00:00:00 [kworker/0:0H]\n\
            root 900 1 0 Oct25 ? 00:00:03 /usr/sbin/sshd -D\n";
        let got = ef(text, None).expect("rows");
        assert_eq!((got.len(), got[0].comm.as_str()), (1, "sshd"));
    }
}
