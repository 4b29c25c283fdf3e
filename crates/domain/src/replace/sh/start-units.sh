for unit in $UNITS; do systemctl start "$unit"; done
