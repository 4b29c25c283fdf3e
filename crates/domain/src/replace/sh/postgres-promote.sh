if in_recovery; then
    [ "$(sql 'select pg_promote(true, 60)')" = t ] || die "PostgreSQL was not promoted"
fi
[ -s "$MOVE/promoted-pg" ] || sql 'select pg_current_wal_lsn()' >"$MOVE/promoted-pg"
sql 'alter system reset primary_conninfo'
sql 'alter system reset primary_slot_name'
rm -f /var/lib/pgsql/.rockhop-pgpass
sql 'alter system reset default_transaction_read_only'
sql 'select pg_reload_conf()' >/dev/null
# EL9's C library sorts text in another order than EL7's: indexes that lean on it are built anew before anybody writes.
[ "$REINDEX" = 1 ] || exit 0
sql "select datname from pg_database where datallowconn and datname <> 'template0'" | while IFS= read -r database; do
    runuser -u postgres -- "$BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -p "$PORT" -d "$database" >"$MOVE/reindex.sql" <<'SQL'
select distinct format('reindex index %s;', i.indexrelid::regclass)
from pg_index i cross join lateral unnest(i.indcollation) as c(oid)
join pg_collation k on k.oid = c.oid
join pg_class r on r.oid = i.indexrelid and r.relkind = 'i'
where c.oid <> 0 and k.collcollate is distinct from 'C' and k.collcollate is distinct from 'POSIX' and k.collprovider in ('d', 'c');
SQL
    runuser -u postgres -- "$BIN/psql" -X -q -v ON_ERROR_STOP=1 -p "$PORT" -d "$database" <"$MOVE/reindex.sql"
done
