new=$(cat "$MOVE/new-address" 2>/dev/null) || new=
pass=/var/lib/pgsql/.rockhop-pgpass
conninfo="host=$new port=$PORT user=rockhop_move passfile=$pass"
# there: timeline and end of the log on the successor; nothing when it does not answer.
there() {
    [ -n "$new" ] && [ -s "$MOVE/out/pgpass" ] || return 0
    install -o postgres -g postgres -m 600 "$MOVE/out/pgpass" "$pass"
    PGCONNECT_TIMEOUT=5 runuser -u postgres -- "$BIN/psql" -X -A -t -F ' ' -d "$conninfo replication=true dbname=postgres" \
        -c IDENTIFY_SYSTEM 2>/dev/null | awk '{ print $2, $3 }'
}
finish() {
    sql 'alter system reset primary_conninfo'
    sql 'select pg_reload_conf()' >/dev/null
    rm -f "$pass" "$MOVE/following"
}
if [ ! -e "$MOVE/held-$UNIT" ] && [ ! -e "$MOVE/following" ]; then
    systemctl start "$UNIT"
    wait_until 60 answers || die "PostgreSQL does not answer"
    exit 0
fi
set -- $(there)
if [ ! -e "$MOVE/following" ] && [ -s "$MOVE/out/pg-final" ]; then
    read -r lsn timeline <"$MOVE/out/pg-final"
    if [ "$#" = 2 ] && [ "$1" -gt "$timeline" ]; then
        # Stopped cleanly, this server can follow its successor's new timeline and lose nothing.
        printf "primary_conninfo = '%s application_name=rockhop_back'\n" "$conninfo" >>"$DATA/postgresql.auto.conf"
        install -o postgres -g postgres -m 600 /dev/null "$DATA/standby.signal"
        printf '%s\n' "$2" >"$MOVE/following"
    fi
fi
release
systemctl start "$UNIT"
wait_until 60 answers || die "PostgreSQL does not answer"
if [ ! -s "$MOVE/following" ]; then
    say "nothing to fetch: the successor took no writes or does not answer"
    exit 0
fi
end=$(cat "$MOVE/following")
fetched() { [ "$(sql "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '$end') >= 0")" = t ]; }
if in_recovery; then
    wait_until 45 fetched || die "fetched up to $(sql 'select pg_last_wal_replay_lsn()') of $end"
    [ "$(sql 'select pg_promote(true, 30)')" = t ] || die "PostgreSQL was not promoted"
fi
finish
say "primary again, with all that its successor wrote up to $end"
