in_recovery || die "PostgreSQL is not a standby"
[ "$(sql 'select status from pg_stat_wal_receiver')" = streaming ] || die "the standby does not stream"
say "streams from $(sql 'select sender_host from pg_stat_wal_receiver'), replayed $(sql 'select pg_last_wal_replay_lsn()')"
