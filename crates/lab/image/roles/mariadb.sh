# MariaDB 10.11: a primary with the reviews, or its GTID replica.
install_packages galera-4 MariaDB-common MariaDB-shared MariaDB-client MariaDB-server
allow 3306
DATA=/var/lib/mysql

configure() { # server-id, more
    cat > /etc/my.cnf.d/server.cnf <<CONF
[server]

[mysqld]
bind-address = 0.0.0.0
server_id = $1
log_bin = $HOST-bin
binlog_format = ROW
gtid_strict_mode = ON
log_slave_updates = ON
relay_log = $HOST-relay
innodb_buffer_pool_size = 32M
innodb_log_file_size = 16M
max_connections = 100
character_set_server = utf8mb4
expire_logs_days = 7
$2

[galera]

[embedded]

[mariadb]

[mariadb-10.11]
CONF
}
serve() { # runs SQL from standard input against a server that only this script reaches
    runuser -u mysql -- mariadbd --skip-networking --skip-slave-start --socket=/tmp/setup.sock --innodb-flush-log-at-trx-commit=0 > /tmp/maria.log 2>&1 &
    for _ in $(seq 100); do mariadb-admin -S /tmp/setup.sock ping > /dev/null 2>&1 && break; sleep 0.1; done
    mariadb -S /tmp/setup.sock || { cat /tmp/maria.log >&2; exit 1; }
    mariadb-admin -S /tmp/setup.sock shutdown
    wait
}

if [ -n "$REPLICA_OF" ]; then
    rm -rf $DATA
    cp -a /srv/rockhop-lab-primary$DATA $DATA
    position=$(cat $DATA/rockhop-lab.gtid)
    rm -f $DATA/$REPLICA_OF-bin.* $DATA/rockhop-lab.gtid
    configure "$OCTET" 'read_only = ON'
    serve <<SQL
reset master;
set global gtid_slave_pos = '$position';
change master to master_host = '$MARIA', master_user = 'replication', master_password = '$REPLICATION_PASSWORD',
    master_use_gtid = slave_pos, master_connect_retry = 5;
SQL
else
    configure "$OCTET" ''
    serve <<SQL
create database reviews character set utf8mb4;
use reviews;
create table review (id bigint auto_increment primary key, item int not null, body varchar(500) not null,
    placed timestamp not null default current_timestamp);
create table probe (id int primary key, seen bigint not null);
insert into probe values (1, 0);
create user shop@'%' identified by '$SHOP_DB_PASSWORD';
grant all on reviews.* to shop@'%';
create user replication@'%' identified by '$REPLICATION_PASSWORD';
grant replication slave on *.* to replication@'%';
insert into review (item, body) select seq, concat('review of item ', seq) from seq_1_to_500;
select @@global.gtid_binlog_pos into outfile '$DATA/rockhop-lab.gtid';
SQL
fi
systemctl enable -q mariadb
