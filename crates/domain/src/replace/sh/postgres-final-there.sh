read -r lsn timeline <"$MOVE/in/pg-final"
[ "$(sql "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '$lsn') > 0")" = t ] || die "the last record $lsn is not replayed"
say "replayed $(sql 'select pg_last_wal_replay_lsn()'), the old server's last record was $lsn"
