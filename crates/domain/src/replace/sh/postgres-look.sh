answers || die "PostgreSQL does not answer"
[ "$(sql 'select pg_is_in_recovery()')" = "$STANDBY" ] || die "PostgreSQL changed its role"
[ "$STANDBY" = f ] || [ "$(sql 'select status from pg_stat_wal_receiver')" = streaming ] || die "the standby does not stream"
