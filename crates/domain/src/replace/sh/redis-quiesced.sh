if systemctl -q is-active "$UNIT"; then die "redis still runs"; fi
read -r offset keys <"$MOVE/out/redis-final"
say "redis stopped at offset $offset with $keys keys"
