if answers; then
    sql "select host(client_addr) from pg_stat_replication where application_name = 'rockhop_move'" >"$MOVE/new-address"
    [ -s "$MOVE/new-address" ] || die "the successor does not follow"
fi
# A clean stop sends everything to the standbys, the last checkpoint included, before the server ends.
systemctl stop "$UNIT"
[ "$(control 'Database cluster state')" = 'shut down' ] || die "PostgreSQL did not stop cleanly: $(control 'Database cluster state')"
printf '%s %s\n' "$(control 'Latest checkpoint location')" "$(control "Latest checkpoint's TimeLineID")" >"$MOVE/out/pg-final"
