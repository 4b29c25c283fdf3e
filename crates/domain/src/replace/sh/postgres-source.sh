# How the old standby reaches its primary, password included: goes to the successor as a file, never into a plan.
mkdir -p "$MOVE/out"
chmod 700 /var/lib/rockhop "$MOVE" "$MOVE/out"
sql 'show primary_conninfo' >"$MOVE/out/conninfo"
sql 'show primary_slot_name' >"$MOVE/out/slot"
passfile=$(sed -n "s/.*passfile='*\([^' ]*\).*/\1/p" "$MOVE/out/conninfo")
[ -z "$passfile" ] || [ ! -e "$passfile" ] || cat "$passfile" >"$MOVE/out/pgpass"
