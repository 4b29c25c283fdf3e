# The old replica is stopped: its number is free for its successor.
printf '[mysqld]\nlog_slave_updates = 1\n' >/etc/my.cnf.d/zz-rockhop-move.cnf
sql "stop slave; set global server_id = $SERVER_ID; set global read_only = $READ_ONLY; start slave"
in_step() { [ "$(slave Slave_IO_Running) $(slave Slave_SQL_Running) $(slave Seconds_Behind_Master)" = "Yes Yes 0" ]; }
wait_until 90 in_step || die "MariaDB does not get in step: $(slave Last_IO_Error) $(slave Last_SQL_Error)"
