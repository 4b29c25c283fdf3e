# The old server's last record is its shutdown checkpoint: once that is replayed, nothing is missing.
read -r lsn timeline <"$MOVE/in/pg-final"
complete() { [ "$(sql "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '$lsn') > 0")" = t ]; }
wait_until 90 complete || die "replayed $(sql 'select pg_last_wal_replay_lsn()'), the old server ended behind $lsn"
