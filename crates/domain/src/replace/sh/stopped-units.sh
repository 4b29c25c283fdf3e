for unit in $UNITS; do
    if systemctl -q is-active "$unit"; then die "$unit still runs"; fi
done
say "stopped: $UNITS"
