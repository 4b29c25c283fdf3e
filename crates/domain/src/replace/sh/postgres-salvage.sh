[ -s "$MOVE/promoted-pg" ] || { say "postgresql: never took writes"; exit 0; }
from=$(cat "$MOVE/promoted-pg")
now=$(sql 'select pg_current_wal_lsn()')
say "postgresql: written since takeover: $(sql "select pg_wal_lsn_diff('$now', '$from')") bytes of log, $from to $now"
sql "select datname from pg_database where datallowconn and datname <> 'template0'" | while IFS= read -r database; do
    runuser -u postgres -- "$BIN/psql" -X -q -A -t -p "$PORT" -d "$database" -c "
        select format('%s %s.%s: %s rows in, %s changed, %s out', current_database(), schemaname, relname, n_tup_ins, n_tup_upd, n_tup_del)
        from pg_stat_user_tables where n_tup_ins + n_tup_upd + n_tup_del > 0 order by 1 limit 20"
done
