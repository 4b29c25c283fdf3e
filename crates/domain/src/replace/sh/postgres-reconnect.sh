# The connection was made from another address.
sql "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'walreceiver'" >/dev/null
streaming() { [ "$(sql 'select status from pg_stat_wal_receiver')" = streaming ]; }
wait_until 60 streaming || die "the standby does not reach its primary"
