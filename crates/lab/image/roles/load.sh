# The load generator and the prober. They stand beside the fleet and do not migrate.
install_packages node_exporter
install -d /opt/lab /var/log/shop-load /var/log/shop-probe
for tool in shop-load shop-probe shop-verify shop-summary; do install -m 755 "$STAGE/files/$tool" /usr/bin/$tool; done
install -m 644 "$STAGE/files/shop-load.service" "$STAGE/files/shop-probe.service" /etc/systemd/system/
cat > /etc/sysconfig/shop-load <<CONF
SHOP_URL=http://$NET.0.51
SHOP_RATE=8
SHOP_THREADS=2
PROBE_INTERVAL_MS=200
SHOP_DB_HOST=$DB
SHOP_DB_PASSWORD=$SHOP_DB_PASSWORD
SHOP_REDIS_HOST=$CACHE
SHOP_REDIS_PASSWORD=$REDIS_PASSWORD
SHOP_MARIADB_HOST=$MARIA
SHOP_MARIADB_PASSWORD=$SHOP_DB_PASSWORD
PROMETHEUS_URL=http://$MON:9090
CONF
chmod 600 /etc/sysconfig/shop-load
systemctl enable -q shop-load shop-probe node_exporter
