[ -f /etc/profile ] && . /etc/profile
PGDATA=/var/lib/pgsql/15/data
export PGDATA
