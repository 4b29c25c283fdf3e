if ! systemctl -q is-active "$UNIT"; then
    [ -s "$MOVE/out/redis-final" ] || die "redis stopped by itself: its last position is unknown"
    exit 0
fi
# From here on no write is accepted; what was accepted before reaches the successor before the server stops.
case $(redis INFO server | tr -d '\r' | sed -n 's/^redis_version://p') in
    2.* | 3.* | 4.*) redis CONFIG SET min-slaves-to-write 1000 >/dev/null ;;
    *) redis CONFIG SET min-replicas-to-write 1000 >/dev/null ;;
esac
# The followers that are none of the fleet's: the successor.
successor() {
    redis INFO replication | tr -d '\r' | sed -n 's/^slave[0-9]*:ip=\([^,]*\),.*state=online,offset=\([0-9]*\).*/\1 \2/p' |
        while read -r ip offset; do
            case " $KNOWN " in *" $ip "*) ;; *) say "$ip $offset" ;; esac
        done | tail -n 1
}
equal() { now=$(info master_repl_offset); set -- $(successor); [ "$#" = 2 ] && [ "$2" = "$now" ]; }
wait_until 60 equal || die "the successor does not catch up: $(successor), here $(info master_repl_offset)"
set -- $(successor)
printf '%s\n' "$1" >"$MOVE/new-address"
printf '%s %s\n' "$(info master_repl_offset)" "$(redis DBSIZE)" >"$MOVE/out/redis-final"
systemctl stop "$UNIT"
