# The connection was made from another address.
sql 'stop slave io_thread; start slave io_thread'
connected() { [ "$(slave Slave_IO_Running)" = Yes ]; }
wait_until 60 connected || die "MariaDB does not reach its primary: $(slave Last_IO_Error)"
