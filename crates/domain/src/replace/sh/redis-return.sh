# The old server comes back. What its successor accepted comes with it where this version can read it.
release
systemctl start "$UNIT"
wait_until 30 answers || die "redis does not answer"
new=$(cat "$MOVE/new-address" 2>/dev/null) || new=
[ "$WAY_BACK" = 1 ] && [ -n "$new" ] || exit 0
there() {
    { [ -z "$password" ] || printf 'AUTH "%s"\n' "$quoted"; printf '%s\n' "$*"; } |
        timeout 5 redis-cli -h "$new" -p "$PORT" 2>/dev/null | tr -d '\r'
}
if [ "$(there INFO replication | sed -n 's/^role://p')" != master ]; then say "the successor took no writes"; exit 0; fi
[ -z "$password" ] || redis CONFIG SET masterauth "\"$quoted\"" >/dev/null
redis SLAVEOF "$new" "$PORT" >/dev/null
in_step() { [ "$(info master_link_status) $(info master_sync_in_progress)" = "up 0" ]; }
wait_until 60 in_step || say "what was written after the cutover stays on the machine set aside"
redis SLAVEOF NO ONE >/dev/null
say "master again with $(redis DBSIZE) keys"
