read -r offset keys <"$MOVE/in/redis-final"
complete() { [ "$(info slave_repl_offset)" -ge "$offset" ]; }
wait_until 60 complete || die "redis is at $(info slave_repl_offset), the old one stopped at $offset"
