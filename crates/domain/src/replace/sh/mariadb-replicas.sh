followed() { [ -n "$(sql "select 1 from information_schema.processlist where command like 'Binlog Dump%' and host like '$1:%'")" ]; }
for replica in $REPLICAS; do wait_until 120 followed "$replica" || die "$replica does not follow"; done
say "MariaDB is followed by $REPLICAS"
