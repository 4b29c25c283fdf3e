# PostgreSQL 15: a primary with the shop's database, or its streaming replica.
install_packages postgresql15-libs postgresql15 postgresql15-server postgresql15-contrib
allow 5432
BIN=/usr/pgsql-15/bin
DATA=/var/lib/pgsql/15/data
pg() { runuser -u postgres -- env LANG=en_US.UTF-8 "$@"; }

if [ -n "$REPLICA_OF" ]; then
    cp -a /srv/rockhop-lab-primary$DATA/. $DATA/
    touch $DATA/standby.signal
    chown postgres:postgres $DATA/standby.signal
    echo "primary_conninfo = 'host=$DB user=replication password=$REPLICATION_PASSWORD application_name=$HOST'" >> $DATA/postgresql.conf
else
    PGSETUP_INITDB_OPTIONS=--no-sync /usr/pgsql-15/bin/postgresql-15-setup initdb
    cat >> $DATA/postgresql.conf <<CONF

# --- shop
listen_addresses = '*'
max_connections = 100
shared_buffers = 32MB
wal_level = replica
max_wal_senders = 5
wal_keep_size = 256MB
hot_standby = on
log_min_duration_statement = 500
CONF
    cat > $DATA/pg_hba.conf <<CONF
local   all             postgres                                peer
local   all             all                                     md5
host    all             all             127.0.0.1/32            md5
host    shop            shop            $NET.0.0/16             md5
host    replication     replication     $NET.0.0/16             md5
CONF
    install -d -o postgres -g postgres /run/postgresql
    pg $BIN/pg_ctl -D $DATA -s -w -l /tmp/pg.log -o '-c fsync=off' start
    pg psql -q -v ON_ERROR_STOP=1 > /dev/null <<SQL
create role shop login password '$SHOP_DB_PASSWORD';
create role replication login replication password '$REPLICATION_PASSWORD';
create database shop owner shop;
\c shop
set role shop;
create table item (id integer primary key, name text not null, price_cents integer not null, sold bigint not null default 0);
create table orders (
    id bigserial primary key, item integer not null references item, quantity integer not null,
    total_cents bigint not null, stamp bigint not null, hash text not null unique, placed timestamptz not null default now());
create index orders_placed on orders (placed);
create table probe (id integer primary key, seen timestamptz not null);
insert into probe values (1, now());
insert into item select n, 'item ' || n, 100 + n * 7 % 900 from generate_series(1, 1000) n;
insert into orders (item, quantity, total_cents, stamp, hash)
    select 1 + n % 1000, 1, 100, n, md5(n::text) || md5((n * 31)::text) from generate_series(1, 5000) n;
SQL
    pg $BIN/pg_ctl -D $DATA -s -w -m fast stop
    sync
fi
cat > /etc/cron.d/pg-dump <<'CONF'
40 2 * * * postgres /usr/pgsql-15/bin/pg_dumpall --globals-only > /var/lib/pgsql/15/backups/globals.sql
CONF
systemctl enable -q postgresql-15
