# How the old replica reaches its primary, password included: goes to the successor as a file, never into a plan.
mkdir -p "$MOVE/out"
chmod 700 /var/lib/rockhop "$MOVE" "$MOVE/out"
[ "$(slave Slave_IO_Running) $(slave Slave_SQL_Running)" = "Yes Yes" ] || die "the old replica does not replicate"
sed -n '5,6p' "$(sql 'select @@datadir')/master.info" >"$MOVE/out/replication"
