# The old standby is stopped: its slot is free for its successor.
slot=$(cat "$MOVE/in/slot" 2>/dev/null) || slot=
if [ -n "$slot" ]; then
    sql "alter system set primary_slot_name = '$slot'"
    sql 'select pg_reload_conf()' >/dev/null
fi
streaming() { [ "$(sql 'select status from pg_stat_wal_receiver')" = streaming ]; }
wait_until 60 streaming || die "the standby does not stream"
