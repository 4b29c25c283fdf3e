# A host that took writes must not take any by itself when it is switched on again: whether it or its
# successor has the newest data is decided first. By hand: rm the file and start the unit.
mkdir -p "$MOVE/out" "/etc/systemd/system/$UNIT.d"
printf '[Unit]\nConditionPathExists=!%s\n' "$MOVE/held-$UNIT" >"/etc/systemd/system/$UNIT.d/rockhop-hold.conf"
: >"$MOVE/held-$UNIT"
systemctl daemon-reload
