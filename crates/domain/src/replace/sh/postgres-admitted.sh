bad=$(sql 'select line_number from pg_hba_file_rules where error is not null')
[ -z "$bad" ] || die "pg_hba.conf line $bad is refused"
[ "$(sql "select rolreplication and rolcanlogin from pg_roles where rolname = 'rockhop_move'")" = t ] || die "rockhop_move cannot replicate"
say "rockhop_move may replicate; $(sql 'select count(*) from pg_stat_replication') standbys now"
