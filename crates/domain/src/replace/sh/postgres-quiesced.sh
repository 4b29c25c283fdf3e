[ "$(control 'Database cluster state')" = 'shut down' ] || die "PostgreSQL is $(control 'Database cluster state')"
read -r lsn timeline <"$MOVE/out/pg-final"
[ "$lsn" = "$(control 'Latest checkpoint location')" ] || die "another checkpoint than noted"
say "shut down at $lsn, timeline $timeline"
