for name in $PEOPLE; do getent shadow "$name" >/dev/null || die "$name has no line in the shadow file"; done
say "$PEOPLE"
