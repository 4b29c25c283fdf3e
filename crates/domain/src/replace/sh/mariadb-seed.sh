if [ -e "$MOVE/seeded-mariadb" ] && answers && [ -n "$(slave Slave_IO_Running)" ]; then exit 0; fi
. /etc/os-release
case "$VERSION_ID" in 9 | 9.*) ;; *) die "this is not the new machine" ;; esac
systemctl stop "$UNIT"
# Until the old server is gone both are in one stream, and there each needs a number of its own. What the
# successor applies has to stand in its own log, for others will follow it.
printf '[mysqld]\nlog_slave_updates = 1\nread_only = 1\nserver_id = %s\n' "$SERVER_ID" >/etc/my.cnf.d/zz-rockhop-move.cnf
chmod 644 /etc/my.cnf.d/zz-rockhop-move.cnf
find "$DATA" -mindepth 1 -delete
mysql_install_db --user=mysql --datadir="$DATA" --auth-root-authentication-method=socket >/dev/null
systemctl start "$UNIT"
wait_until 60 answers || die "MariaDB does not answer"
zcat "$MOVE/seed/mariadb.sql.gz" | sed '1{/enable the sandbox mode/d;}' | mysql --init-command='set sql_log_bin = 0'
place=$(zcat "$MOVE/seed/mariadb.sql.gz" | sed -n "s/^\(-- \)*SET GLOBAL gtid_slave_pos='\([^']*\)'.*/\2/p" | head -n 1)
[ -n "$place" ] || die "the dump does not know its place"
{
    # Its own log begins here: what was written while loading belongs to no stream.
    printf "flush privileges;\nstop slave;\nreset master;\nset global gtid_slave_pos = '%s';\n" "$place"
    printf "change master to master_host='%s', master_port=%s, master_user='%s', master_password='%s', master_use_gtid=slave_pos;\n" \
        "$SOURCE" "$PORT" "$(sed -n 1p "$MOVE/in/replication")" "$(sed -n 2p "$MOVE/in/replication" | sed "s/'/''/g")"
    printf 'start slave;\n'
} | mysql
: >"$MOVE/seeded-mariadb"
in_step() {
    [ "$(slave Last_SQL_Errno)" = 0 ] || die "MariaDB does not get in step: $(slave Last_SQL_Error)"
    [ "$(slave Slave_IO_Running) $(slave Slave_SQL_Running) $(slave Seconds_Behind_Master)" = "Yes Yes 0" ]
}
wait_until "$PATIENCE" in_step || die "MariaDB does not get in step: $(slave Last_IO_Error) $(slave Last_SQL_Error)"
