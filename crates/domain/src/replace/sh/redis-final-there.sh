read -r offset keys <"$MOVE/in/redis-final"
[ "$(info slave_repl_offset)" -ge "$offset" ] || die "redis is at $(info slave_repl_offset), the old one stopped at $offset"
say "offset $(info slave_repl_offset) of $offset, $(redis DBSIZE) keys of $keys"
