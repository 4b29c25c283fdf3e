[ "$(info role) $(info master_link_status)" = "slave up" ] || die "redis is $(info role), link $(info master_link_status)"
say "follows $(info master_host), offset $(info slave_repl_offset), $(redis DBSIZE) keys"
