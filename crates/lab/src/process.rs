//! Starting other programs and saying what went wrong with them.

use crate::LabError;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// How much of a failed program's last words an error carries.
const TAIL_BYTES: usize = 1500;

/// Runs a program to its end and returns what it wrote; a failure carries its last words.
pub fn run<A: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = A>) -> Result<String, LabError> {
    output(Command::new(program).args(args), program)
}

/// Whether a program runs and says yes; for questions, where a failure is an answer.
pub fn says_yes<A: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = A>) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Like `run`, with a command that is already put together.
pub fn output(command: &mut Command, program: &str) -> Result<String, LabError> {
    let done = command.stdin(Stdio::null()).output().map_err(|e| not_started(program, &e))?;
    judge(program, &done)
}

/// Runs `script` inside `root` as its root user, in namespaces of its own that end with this
/// process: however it ends, no mount and no process of the script is left behind.
pub fn in_root(root: &Path, binds: &[(&Path, &str)], env: &[(&str, &str)], script: &str) -> Result<String, LabError> {
    let mut stage = String::from("set -eu\nmount --make-rprivate /\n");
    let at = root.display();
    stage.push_str(&format!(
        "mount -t proc proc {at}/proc\nmount -t tmpfs tmpfs {at}/tmp\nmount -t tmpfs tmpfs {at}/run\n"
    ));
    stage.push_str(&format!("mount --rbind /dev {at}/dev\n"));
    for (from, to) in binds {
        stage.push_str(&format!("mkdir -p {at}{to}\nmount --bind {} {at}{to}\n", from.display()));
    }
    stage.push_str(&format!("exec chroot {at} /bin/sh -eu -s\n"));
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL", "--"])
        .args(["unshare", "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child=KILL"])
        .args(["sh", "-c", &stage])
        .env_clear()
        .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        .env("LANG", "C.UTF-8")
        .env("HOME", "/root")
        .envs(env.iter().copied());
    // As one compound command the script is read in full before its first word runs, so that no
    // program in it can eat the rest from standard input.
    fed(&mut command, "script in a root", &format!("{{\n{script}\n}} < /dev/null\n"))
}

/// Runs a command with `input` on its standard input.
pub fn fed(command: &mut Command, name: &str, input: &str) -> Result<String, LabError> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| not_started(name, &e))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that does not read all of it has failed, and says so itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    let done = child.wait_with_output().map_err(|e| not_started(name, &e))?;
    judge(name, &done)
}

fn judge(program: &str, done: &Output) -> Result<String, LabError> {
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    if done.status.success() {
        return Ok(out);
    }
    let words = String::from_utf8_lossy(&done.stderr);
    let words = if words.trim().is_empty() { out.as_str() } else { words.trim() };
    Err(LabError::Command { program: program.to_owned(), status: done.status.to_string(), tail: tail(words) })
}

fn not_started(program: &str, error: &std::io::Error) -> LabError {
    LabError::Command { program: program.to_owned(), status: "not started".into(), tail: error.to_string() }
}

/// The last words, cut at a character.
fn tail(words: &str) -> String {
    let mut from = words.len().saturating_sub(TAIL_BYTES);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    words[from..].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_carries_the_last_words() {
        let error = run("sh", ["-c", "echo first; echo last >&2; exit 3"]).expect_err("it failed");
        assert!(error.to_string().contains("last") && error.to_string().contains('3'), "{error}");
        assert!(run("no-such-program", ["x"]).is_err());
    }

    #[test]
    fn the_tail_is_cut_at_a_character() {
        let long = "字".repeat(TAIL_BYTES);
        assert!(tail(&long).len() <= TAIL_BYTES);
    }
}
