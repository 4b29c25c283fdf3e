# The change of one file. FILE is the file, BEFORE its digest as it was surveyed, KEPT the folder of its copy.
changed() { printf '%s\n' "$*" >&2; exit 3; }
# A status that says "could not look": neither "already so" nor "something to do".
lost() { printf '%s\n' "$*" >&2; exit 4; }
sum() { sha256sum <"$1" | cut -d' ' -f1; }
left() { if [ -s "$KEPT/after" ]; then cat "$KEPT/after"; else printf '%s\n' "$AFTER"; fi; }
# To the disk, and this file only: the host serves, and a full sync would hold it up.
flush() { dd if=/dev/null of="$1" conv=notrunc,fsync 2>/dev/null; }
# One at a time: a job whose controller is gone may still be at it.
alone() {
    exec 9>"$KEPT/lock"
    flock -w 60 9 || lost "another job is at $FILE"
}
# Who may read it, who owns it, and its label: what must not change with its content.
marks() { stat -c '%a %u %g %C' "$1"; }
is_file() {
    [ ! -L "$FILE" ] || lost "$FILE is a link; the file behind it has to be changed"
    [ -f "$FILE" ] || changed "$FILE is not there any more"
}
as_left() { is_file; want=$(left); [ -n "$want" ] && [ "$(sum "$FILE")" = "$want" ]; }
as_surveyed() {
    is_file
    [ "$(sum "$FILE")" = "$BEFORE" ] || changed "$FILE was changed after the survey; survey the host again"
    [ "$(stat -c %h "$FILE")" = 1 ] || lost "$FILE has a second name, which would keep the old content"
    . /etc/os-release
    case "$VERSION_ID" in 7 | 7.*) ;; *) lost "this is not the old machine: $ID $VERSION_ID" ;; esac
}
