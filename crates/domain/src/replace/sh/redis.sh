# Commands go in by standard input, so no password stands in a process list.
password=$(awk 'tolower($1) == "requirepass" { $1 = ""; sub(/^ /, ""); print; exit }' "$CONF" | sed 's/^"\(.*\)"$/\1/')
quoted=$(printf '%s' "$password" | sed 's/[\\"]/\\&/g')
redis() {
    if [ -n "$password" ]; then
        printf 'AUTH "%s"\n%s\n' "$quoted" "$*" | redis-cli -h "$AT" -p "$PORT" | tail -n +2
    else
        printf '%s\n' "$*" | redis-cli -h "$AT" -p "$PORT"
    fi
}
info() { redis INFO replication | tr -d '\r' | sed -n "s/^$1://p"; }
answers() { [ "$(redis PING)" = PONG ]; }
# The new machine must never ask at the service address: until the cutover the old one answers there.
AT=127.0.0.1
[ "$SIDE" = new ] || answers 2>/dev/null || AT=$(awk 'tolower($1) == "bind" { print $2; exit }' "$CONF")
