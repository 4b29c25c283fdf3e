for unit in $UNITS; do systemctl stop "$unit"; done
