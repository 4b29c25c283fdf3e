if [ -e "$MOVE/seeded-postgresql" ] && answers && in_recovery; then exit 0; fi
. /etc/os-release
case "$VERSION_ID" in 9 | 9.*) ;; *) die "this is not the new machine" ;; esac
systemctl stop "$UNIT"
rm -f "$MOVE/seeded-postgresql"
install -d -o postgres -g postgres -m 700 "$DATA"
find "$DATA" -mindepth 1 -delete
pass=/var/lib/pgsql/.rockhop-pgpass
if [ -s "$MOVE/in/conninfo" ]; then
    # A standby: from its primary, as the old standby reaches it. The password goes by a file, not by a command line.
    passfile=$(sed -n "s/.*passfile='*\([^' ]*\).*/\1/p" "$MOVE/in/conninfo")
    if [ -n "$passfile" ] && [ -s "$MOVE/in/pgpass" ]; then
        install -o postgres -g postgres -m 600 "$MOVE/in/pgpass" "$passfile"
    fi
    password=$(sed -n "s/.*password='*\([^' ]*\).*/\1/p" "$MOVE/in/conninfo")
    bare=$(sed "s/password='*[^' ]*'*//" "$MOVE/in/conninfo")
    if [ -n "$password" ]; then
        install -o postgres -g postgres -m 600 /dev/null "$pass"
        printf '*:*:*:*:%s\n' "$password" >"$pass"
        bare="$bare passfile=$pass"
    fi
    runuser -u postgres -- "$BIN/pg_basebackup" -d "$bare" -D "$DATA" -X stream -c fast
    printf "primary_conninfo = '%s'\n" "$(sed "s/'/''/g" "$MOVE/in/conninfo")" >>"$DATA/postgresql.auto.conf"
    printf "primary_slot_name = ''\n" >>"$DATA/postgresql.auto.conf"
    install -o postgres -g postgres -m 600 /dev/null "$DATA/standby.signal"
    rm -f "$pass"
else
    install -o postgres -g postgres -m 600 "$MOVE/in/pgpass" "$pass"
    conninfo="host=$SOURCE port=$PORT user=rockhop_move passfile=$pass application_name=rockhop_move"
    # A slot that an earlier try left behind.
    runuser -u postgres -- "$BIN/psql" -X -d "$conninfo replication=true dbname=postgres" \
        -c 'DROP_REPLICATION_SLOT rockhop_move' >/dev/null 2>&1 || :
    runuser -u postgres -- "$BIN/pg_basebackup" -d "$conninfo" -D "$DATA" -R -C -S rockhop_move -X stream -c fast
fi
: >"$MOVE/seeded-postgresql"
systemctl start "$UNIT"
wait_until 60 answers || die "PostgreSQL does not answer"
streaming() { [ "$(sql 'select status from pg_stat_wal_receiver')" = streaming ]; }
wait_until "$PATIENCE" streaming || die "the standby does not stream from $SOURCE"
