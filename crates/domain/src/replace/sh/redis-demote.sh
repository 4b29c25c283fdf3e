# No more writes here; what was written can still be fetched from here.
answers 2>/dev/null || exit 0
[ "$(info role)" = master ] || exit 0
redis CONFIG SET min-replicas-to-write 1000 >/dev/null
[ "$WAY_BACK" = 1 ] || exit 0
redis CONFIG SET bind '"* -::*"' >/dev/null
