followed() { followers true | grep -qx "$1"; }
for replica in $REPLICAS; do wait_until 120 followed "$replica" || die "$replica does not follow"; done
say "MariaDB is followed by $REPLICAS"
