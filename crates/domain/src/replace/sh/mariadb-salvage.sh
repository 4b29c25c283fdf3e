[ -s "$MOVE/promoted-mariadb" ] || { say "mariadb: never took writes"; exit 0; }
say "mariadb: took over at $(cat "$MOVE/promoted-mariadb"), now at $(sql 'select @@gtid_current_pos')"
