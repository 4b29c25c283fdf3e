answers || die "MariaDB does not answer"
[ "$REPLICA" = 0 ] || [ "$(slave Slave_IO_Running) $(slave Slave_SQL_Running)" = "Yes Yes" ] || die "MariaDB does not follow"
