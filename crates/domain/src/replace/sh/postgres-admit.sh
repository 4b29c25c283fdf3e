# A replication login of its own, for the time of the move; its password is made here and never leaves by a plan.
mkdir -p "$MOVE/out"
chmod 700 /var/lib/rockhop "$MOVE" "$MOVE/out"
if [ ! -s "$MOVE/out/pgpass" ]; then
    secret=$(od -An -tx1 -N24 /dev/urandom | tr -d ' \n')
    printf '*:*:*:rockhop_move:%s\n' "$secret" >"$MOVE/out/pgpass.part"
    mv "$MOVE/out/pgpass.part" "$MOVE/out/pgpass"
fi
secret=$(cut -d: -f5 "$MOVE/out/pgpass")
have=$(sql "select 1 from pg_roles where rolname = 'rockhop_move'")
[ -n "$have" ] || sql 'create role rockhop_move replication login'
runuser -u postgres -- "$BIN/psql" -X -q -v ON_ERROR_STOP=1 -p "$PORT" -d postgres <<SQL
set log_statement = 'none';
alter role rockhop_move replication login password '$secret' valid until '$(date -u -d '+30 days' +%Y-%m-%d)';
SQL
hba=$(sql 'show hba_file')
if ! grep -q '^host replication rockhop_move ' "$hba"; then
    { printf 'host replication rockhop_move samenet scram-sha-256\n'; cat "$hba"; } >"$MOVE/hba.part"
    [ "$(sql 'show password_encryption')" = scram-sha-256 ] || sed -i '1s/scram-sha-256/md5/' "$MOVE/hba.part"
    cat "$MOVE/hba.part" >"$hba"
    rm -f "$MOVE/hba.part"
fi
sql 'select pg_reload_conf()' >/dev/null
