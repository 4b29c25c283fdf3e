read -r device own <"$MOVE/own"
[ "$(cat /proc/sys/net/ipv4/ip_nonlocal_bind)" = 1 ] || die "services cannot bind $ADDRESS yet"
say "$device $own"
