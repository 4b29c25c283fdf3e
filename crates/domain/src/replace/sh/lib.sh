PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
umask 077
MOVE=/var/lib/rockhop/move
say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }
# wait_until SECONDS COMMAND...: asks twice a second until the command succeeds; where ONCE is set, once.
wait_until() {
    if [ -n "${ONCE:-}" ]; then shift; "$@"; return; fi
    left=$(($1 * 2))
    shift
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 0.5
    done
}
