systemctl daemon-reload
for unit in $UNITS; do systemctl -q enable "$unit"; systemctl start "$unit"; done
