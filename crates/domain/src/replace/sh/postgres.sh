cd /
BIN=/usr/pgsql-$MAJOR/bin
UNIT=postgresql-$MAJOR
sql() { runuser -u postgres -- "$BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -p "$PORT" -d postgres -c "$1"; }
answers() { runuser -u postgres -- "$BIN/pg_isready" -q -p "$PORT"; }
in_recovery() { [ "$(sql 'select pg_is_in_recovery()')" = t ]; }
writable() { [ "$(sql 'select pg_is_in_recovery()')" = f ]; }
control() { LC_ALL=C runuser -u postgres -- "$BIN/pg_controldata" -D "$DATA" | sed -n "s/^$1: *//p"; }
