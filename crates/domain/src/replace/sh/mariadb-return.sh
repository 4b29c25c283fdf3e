finish() {
    rm -f /etc/my.cnf.d/zz-rockhop-hold.cnf
    sql "set global read_only = $READ_ONLY"
}
release
systemctl start "$UNIT"
wait_until 60 answers || die "MariaDB does not answer"
[ -e /etc/my.cnf.d/zz-rockhop-hold.cnf ] || exit 0
new=$(cat "$MOVE/new-address" 2>/dev/null) || new=
login() { printf '[client]\nhost=%s\nport=%s\nuser=%s\npassword=%s\n' "$new" "$PORT" "$(sed -n 1p "$MOVE/out/replication")" "$(sed -n 2p "$MOVE/out/replication")"; }
login >"$MOVE/login.cnf"
end=$(timeout 10 mysql --defaults-file="$MOVE/login.cnf" -N -B -e 'select @@gtid_current_pos' 2>/dev/null) || end=
rm -f "$MOVE/login.cnf"
if [ -z "$end" ]; then
    finish
    say "nothing fetched: the successor does not answer"
    exit 0
fi
{
    printf 'stop slave;\nset global gtid_slave_pos = @@gtid_binlog_pos;\n'
    printf "change master to master_host='%s', master_port=%s, master_user='%s', master_password='%s', master_use_gtid=slave_pos;\n" \
        "$new" "$PORT" "$(sed -n 1p "$MOVE/out/replication")" "$(sed -n 2p "$MOVE/out/replication")"
    printf 'start slave;\n'
} | mysql
[ "$(sql "select master_gtid_wait('$end', 60)")" = 0 ] || die "fetched up to $(sql 'select @@gtid_slave_pos') of $end: $(slave Last_IO_Error) $(slave Last_SQL_Error)"
sql 'stop slave'
sql 'reset slave all'
finish
say "primary again, with all that its successor wrote up to $end"
