systemctl daemon-reload
systemctl start "$UNIT"
wait_until 30 answers || die "redis does not answer"
[ -z "$password" ] || redis CONFIG SET masterauth "\"$quoted\"" >/dev/null
redis REPLICAOF "$SOURCE" "$SOURCE_PORT" >/dev/null
in_step() { [ "$(info master_link_status) $(info master_sync_in_progress)" = "up 0" ]; }
wait_until "$PATIENCE" in_step || die "redis does not get in step with $SOURCE: $(info master_link_status)"
