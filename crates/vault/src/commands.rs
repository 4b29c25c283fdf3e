//! The two commands that run on a host: one prints its files, one prints what it has.
//!
//! POSIX sh with GNU tar, find, xargs and sha256sum, as CentOS 7 and Rocky 9 bring them. Paths that
//! are not there are left out by both, and the second says so.

use crate::Pattern;

/// The exit status with which GNU tar says that a file changed while it was read, and all else went
/// well. Not a failure of the backup: what changed is found and named by the comparison.
pub const TAR_CHANGED_AS_READ: i32 = 1;

/// Prints these trees as a POSIX tar: owners, modes, times, links, extended attributes where tar knows them.
pub fn tar_command(paths: &[String], exclude: &[String]) -> String {
    let excludes: String = patterns(exclude).map(|p| format!(" --exclude={}", quoted(p.as_str()))).collect();
    format!(
        "LC_ALL=C; export LC_ALL\n{}\
         [ $# -gt 0 ] || {{ echo 'none of the paths is there' >&2; exit 3; }}\n\
         x=\n\
         tar --help 2>/dev/null | grep -q -e --xattrs-include && x='--xattrs --xattrs-include=*'\n\
         set -f\n\
         exec tar --create --file=- --format=posix --pax-option=delete=atime,delete=ctime --numeric-owner \
         --absolute-names --anchored --wildcards --wildcards-match-slash{excludes} $x -- \"$@\"\n",
        those_there(paths, ":")
    )
}

/// Prints a list of the same trees: kind, mode, owner, size, time, path, target; then each file's SHA-256.
pub fn manifest_command(paths: &[String], exclude: &[String]) -> String {
    let prune: Vec<String> = patterns(exclude).map(|p| format!("-path {}", quoted(p.as_str()))).collect();
    let prune = if prune.is_empty() { String::new() } else { format!("\\( {} \\) -prune -o ", prune.join(" -o ")) };
    format!(
        "LC_ALL=C; export LC_ALL\nprintf 'rockhop-manifest 1\\0'\n{}\
         s=0\n\
         if [ $# -gt 0 ]; then\n\
         find \"$@\" {prune}! -type s -printf 'entry %y %m %U %G %s %T@\\0%p\\0%l\\0' || s=$?\n\
         printf 'sums\\0'\n\
         find \"$@\" {prune}-type f -print0 | xargs -0 -r sha256sum --\n\
         else printf 'sums\\0'; fi\n\
         printf '\\0end %s\\0' \"$s\"\n",
        those_there(paths, "printf 'absent %s\\0' \"$p\"")
    )
}

/// Sets `$@` to those of the paths that exist, and does something about the others.
fn those_there(paths: &[String], otherwise: &str) -> String {
    let list: String = paths.iter().map(|p| format!(" {}", quoted(without_end_slash(p)))).collect();
    if list.is_empty() {
        return "set --\n".to_owned();
    }
    format!(
        "set --\nfor p in{list}; do\n\
         if [ -e \"$p\" ] || [ -L \"$p\" ]; then set -- \"$@\" \"$p\"; else {otherwise}; fi\ndone\n"
    )
}

fn patterns(exclude: &[String]) -> impl Iterator<Item = Pattern> {
    exclude.iter().map(|text| Pattern::new(text))
}

fn without_end_slash(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() { "/" } else { trimmed }
}

/// One word for sh, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one_word() {
        assert_eq!(quoted("it's; rm -rf /"), r"'it'\''s; rm -rf /'");
        assert!(tar_command(&["/a b".into()], &["/c'd".into()]).contains(r"--exclude='/c'\''d'"));
    }
}
