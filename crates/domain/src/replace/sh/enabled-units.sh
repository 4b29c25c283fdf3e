active() { systemctl -q is-active "$1"; }
for unit in $UNITS; do
    wait_until 30 active "$unit" || { systemctl --no-pager -l status "$unit" >&2 || :; die "$unit does not run"; }
    [ "$(systemctl is-enabled "$unit" 2>/dev/null)" = enabled ] || die "$unit does not start at boot"
done
say "active and enabled: $UNITS"
