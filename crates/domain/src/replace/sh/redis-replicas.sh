followed() {
    redis INFO replication | tr -d '\r' | grep -q "^slave[0-9]*:ip=$1,.*state=online"
}
for replica in $REPLICAS; do wait_until 90 followed "$replica" || die "$replica does not follow"; done
say "redis is followed by $REPLICAS"
