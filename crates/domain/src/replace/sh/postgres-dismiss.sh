answers || exit 0
hba=$(sql 'show hba_file')
if grep -q '^host replication rockhop_move ' "$hba"; then
    sed '/^host replication rockhop_move /d' "$hba" >"$MOVE/hba.part"
    cat "$MOVE/hba.part" >"$hba"
    rm -f "$MOVE/hba.part"
    sql 'select pg_reload_conf()' >/dev/null
fi
if writable; then
    sql "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = 'rockhop_move' and active" >/dev/null
    free() { [ -z "$(sql "select 1 from pg_replication_slots where slot_name = 'rockhop_move' and active")" ]; }
    wait_until 20 free || die "the slot rockhop_move is still in use"
    sql "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'rockhop_move'" >/dev/null
    sql 'drop role if exists rockhop_move'
fi
rm -rf "$MOVE/new-address" "$MOVE/out"
