DUMP=mysqldump
SHOW=mysqlbinlog
if command -v mariadb-dump >/dev/null; then DUMP=mariadb-dump; fi
if command -v mariadb-binlog >/dev/null; then SHOW=mariadb-binlog; fi
sql() { mysql -N -B -e "$1"; }
# followers WHERE: addresses of those who read this server's log; a name that the server looked up is looked up again.
followers() {
    sql "select substring_index(host, ':', 1) from information_schema.processlist where command like 'Binlog Dump%' and $1" |
        while IFS= read -r host; do
            case $host in
                *[!0-9.]*) getent ahostsv4 "$host" | awk '{ print $1; exit }' ;;
                *) printf '%s\n' "$host" ;;
            esac
        done
}
answers() { sql 'select 1' >/dev/null 2>&1; }
slave() { mysql -e 'show slave status\G' | sed -n "s/^ *$1: //p"; }
