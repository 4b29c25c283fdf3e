# Somebody listens on each port that the old host served.
listens() { ss -H -l -n -t "sport = :$1" | grep -q .; }
for port in $PORTS; do wait_until 20 listens "$port" || die "nobody listens on port $port"; done
say "listening:" $PORTS
