# Each service is started beside the old one and has to come up; nobody is sent to it yet.
active() { systemctl -q is-active "$1"; }
systemctl daemon-reload
for unit in $UNITS; do
    systemctl start "$unit" || { systemctl --no-pager -l status "$unit" >&2 || :; die "$unit does not start"; }
    wait_until 30 active "$unit" || { systemctl --no-pager -l status "$unit" >&2 || :; die "$unit does not run"; }
done
