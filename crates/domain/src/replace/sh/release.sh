release() {
    rm -f "$MOVE/held-$UNIT" "/etc/systemd/system/$UNIT.d/rockhop-hold.conf"
    rmdir "/etc/systemd/system/$UNIT.d" 2>/dev/null || :
    systemctl daemon-reload
}
