[ "$(sql "select count(*) from mysql.user where user = 'rockhop_move'")" = 1 ] || die "rockhop_move is not there"
say "rockhop_move may replicate; position $(sql 'select @@gtid_binlog_pos')"
