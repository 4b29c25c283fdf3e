id=$(cat "$MOVE/silence-$HOST")
curl -fsS -m 10 "$ALERTMANAGER/api/v2/silence/$id" | grep -q '"state":"active"' || die "silence $id is not active"
say "silence $id"
