position=$(cat "$MOVE/in/mariadb-final")
[ "$(sql "select master_gtid_wait('$position', 1)")" = 0 ] || die "MariaDB is at $(sql 'select @@gtid_slave_pos'), the old one stopped at $position"
say "position $(sql 'select @@gtid_slave_pos'), the old one stopped at $position"
