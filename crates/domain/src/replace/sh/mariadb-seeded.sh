[ "$(slave Slave_IO_Running) $(slave Slave_SQL_Running)" = "Yes Yes" ] || die "does not follow: $(slave Last_IO_Error) $(slave Last_SQL_Error)"
say "follows $(slave Master_Host), position $(sql 'select @@gtid_slave_pos')"
