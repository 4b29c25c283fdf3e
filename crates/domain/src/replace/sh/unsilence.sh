id=$(cat "$MOVE/silence-$HOST" 2>/dev/null) || id=
[ -z "$id" ] || curl -fsS -m 10 -X DELETE "$ALERTMANAGER/api/v2/silence/$id" || say "silence $id has ended before"
rm -f "$MOVE/silence-$HOST"
