[ -s "$MOVE/promoted-redis" ] || { say "redis: never took writes"; exit 0; }
say "redis: offset $(info master_repl_offset), took over at $(cat "$MOVE/promoted-redis"); $(redis DBSIZE) keys"
