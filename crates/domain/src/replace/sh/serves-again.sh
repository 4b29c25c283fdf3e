running() { systemctl -q is-active "$1"; }
listens() { ss -l -n -t | awk '{ sub(".*:", "", $4); print $4 }' | grep -qx "$1"; }
for unit in $UNITS; do wait_until 60 running "$unit" || die "$unit does not run"; done
for port in $PORTS; do wait_until 30 listens "$port" || die "nobody listens on port $port"; done
say "the old host serves: $UNITS"
