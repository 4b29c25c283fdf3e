sql 'stop slave'
sql 'reset slave all'
[ -s "$MOVE/promoted-mariadb" ] || sql 'select @@gtid_current_pos' >"$MOVE/promoted-mariadb"
# The number in the stream stays: the old server's events carry the old one.
printf '[mysqld]\nlog_slave_updates = 1\n' >/etc/my.cnf.d/zz-rockhop-move.cnf
sql "set global read_only = $READ_ONLY"
