redis REPLICAOF NO ONE >/dev/null
[ -s "$MOVE/promoted-redis" ] || info master_repl_offset >"$MOVE/promoted-redis"
