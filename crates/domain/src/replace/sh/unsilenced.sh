[ ! -e "$MOVE/silence-$HOST" ] || die "the silence still stands"
say "no silence for $HOST"
