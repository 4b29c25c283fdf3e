[ -z "$PROMETHEUS" ] || promtool check config "$PROMETHEUS" >/dev/null
[ -z "$ALERTMANAGER" ] || amtool check-config "$ALERTMANAGER" >/dev/null
