writable || die "PostgreSQL is still a standby"
[ "$(sql 'select current_setting($$default_transaction_read_only$$)')" = off ] || die "PostgreSQL takes no writes"
say "primary on timeline $(sql 'select timeline_id from pg_control_checkpoint()'), took over at $(cat "$MOVE/promoted-pg")"
