systemctl daemon-reload
[ -z "$DISABLED" ] || for unit in $DISABLED; do systemctl -q disable --now "$unit" 2>/dev/null || :; done
for unit in $UNITS; do systemctl -q enable "$unit"; systemctl start "$unit"; done
