gzip -t "$MOVE/seed/mariadb.sql.gz"
place=$(zcat "$MOVE/seed/mariadb.sql.gz" | sed -n "s/^\(-- \)*SET GLOBAL gtid_slave_pos='\([^']*\)'.*/\2/p" | head -n 1)
[ -n "$place" ] || die "the dump does not know its place"
say "$(wc -c <"$MOVE/seed/mariadb.sql.gz") bytes, place $place"
