followed() { [ -n "$(sql "select 1 from pg_stat_replication where client_addr = '$1' and state = 'streaming'")" ]; }
for replica in $REPLICAS; do wait_until 90 followed "$replica" || die "$replica does not follow"; done
say "PostgreSQL is followed by $REPLICAS"
