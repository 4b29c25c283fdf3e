[ "$(wc -l <"$MOVE/out/replication")" = 2 ] || die "the login to the primary is not known"
say "follows $(slave Master_Host), position $(sql 'select @@gtid_slave_pos')"
