writable || die "PostgreSQL is still a standby"
[ "$(sql 'select current_setting($$default_transaction_read_only$$)')" = off ] || die "PostgreSQL takes no writes"
say "primary on timeline $(sql 'select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)'), took over at $(cat "$MOVE/promoted-pg")"
