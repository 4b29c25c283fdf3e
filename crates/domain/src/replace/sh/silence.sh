# Alerts about a host on the move would be noise. The silence ends by itself.
id=$(cat "$MOVE/silence-$HOST" 2>/dev/null) || id=
if [ -n "$id" ] && curl -fsS -m 10 "$ALERTMANAGER/api/v2/silence/$id" | grep -q '"state":"active"'; then exit 0; fi
mkdir -p "$MOVE"
body=$(printf '{"matchers":[{"name":"instance","value":"%s","isRegex":true}],"startsAt":"%s","endsAt":"%s","createdBy":"rockhop","comment":"%s moves to Rocky Linux 9"}' \
    "$INSTANCES" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(date -u -d '+3 hours' +%Y-%m-%dT%H:%M:%SZ)" "$HOST")
answer=$(curl -fsS -m 10 -H 'Content-Type: application/json' -d "$body" "$ALERTMANAGER/api/v2/silences")
id=$(printf '%s' "$answer" | sed -n 's/.*"silenceID":"\([^"]*\)".*/\1/p')
[ -n "$id" ] || die "no silence in the answer: $answer"
printf '%s\n' "$id" >"$MOVE/silence-$HOST"
