[ "$(info role)" = master ] || die "redis is $(info role)"
say "master, $(redis DBSIZE) keys"
