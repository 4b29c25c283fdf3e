gzip -t "$MOVE/seed/mariadb.sql.gz"
say "$(wc -c <"$MOVE/seed/mariadb.sql.gz") bytes, place $(zcat "$MOVE/seed/mariadb.sql.gz" | head -n 60 | sed -n "s/.*gtid_slave_pos='\([^']*\)'.*/\1/p" | head -n 1)"
