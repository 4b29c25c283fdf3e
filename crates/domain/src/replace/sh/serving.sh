wait_until 60 serves || die "$BACKEND/$SERVER is $(field 18)"
say "$BACKEND/$SERVER $(field 18)"
