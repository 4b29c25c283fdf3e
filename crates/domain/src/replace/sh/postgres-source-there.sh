[ -s "$MOVE/out/conninfo" ] || die "the old standby names no primary"
say "follows $(sql 'select sender_host from pg_stat_wal_receiver'), slot '$(cat "$MOVE/out/slot")'"
