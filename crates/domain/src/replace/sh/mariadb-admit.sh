# A replication login of its own, for the time of the move; its password is made here and never leaves by a plan.
mkdir -p "$MOVE/out"
chmod 700 /var/lib/rockhop "$MOVE" "$MOVE/out"
[ "$(sql 'select @@log_bin')" = 1 ] || die "the binary log is off: nothing can follow this server"
if [ ! -s "$MOVE/out/replication" ]; then
    printf 'rockhop_move\n%s\n' "$(od -An -tx1 -N24 /dev/urandom | tr -d ' \n')" >"$MOVE/out/replication.part"
    mv "$MOVE/out/replication.part" "$MOVE/out/replication"
fi
mysql <<SQL
create user if not exists rockhop_move@'%';
set password for rockhop_move@'%' = password('$(sed -n 2p "$MOVE/out/replication")');
grant replication slave on *.* to rockhop_move@'%';
SQL
