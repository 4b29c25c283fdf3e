iptables -C INPUT -s 192.0.2.0/24 -p tcp --dport 23 -j DROP 2>/dev/null || iptables -A INPUT -s 192.0.2.0/24 -p tcp --dport 23 -j DROP
printf '#!/bin/sh\niptables -D INPUT -s 192.0.2.0/24 -p tcp --dport 23 -j DROP 2>/dev/null || :\n' >"$BOOK/undo"
chmod 755 "$BOOK/undo"
