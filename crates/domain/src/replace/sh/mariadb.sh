DUMP=mysqldump
SHOW=mysqlbinlog
if command -v mariadb-dump >/dev/null; then DUMP=mariadb-dump; fi
if command -v mariadb-binlog >/dev/null; then SHOW=mariadb-binlog; fi
sql() { mysql -N -B -e "$1"; }
answers() { sql 'select 1' >/dev/null 2>&1; }
slave() { mysql -e 'show slave status\G' | sed -n "s/^ *$1: //p"; }
