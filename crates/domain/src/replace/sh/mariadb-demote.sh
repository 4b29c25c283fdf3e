answers || exit 0
[ -z "$(slave Master_Host)" ] || exit 0
sql 'set global read_only = 1'
sql "select concat('kill connection ', id, ';') from information_schema.processlist where user not in ('root', 'system user', 'event_scheduler', 'rockhop_move') and command not like 'Binlog Dump%'" | mysql -f
