answers || die "redis does not answer"
[ "$(info role)" = "$ROLE" ] || die "redis is $(info role)"
