drained || die "$BACKEND/$SERVER is $(field 18)"
say "$BACKEND/$SERVER $(field 18), $(field 5) sessions"
