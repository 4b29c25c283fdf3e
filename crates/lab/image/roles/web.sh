# nginx in front of the shop, which runs from /opt/shop and belongs to no package.
if [ "$FACE" = el7 ]; then
    install_packages openssl11-libs gperftools-libs nginx-filesystem nginx
fi
allow 80

useradd -r -u 980 -U -d /opt/shop -s /sbin/nologin -c 'The shop' shop
install -d /opt/shop
install -m 755 "$STAGE/files/shop.py" /opt/shop/shop.py
install -m 644 "$STAGE/files/shop.service" /etc/systemd/system/shop.service
cat > /etc/sysconfig/shop <<CONF
SHOP_LISTEN=127.0.0.1:8000
SHOP_POOL_SIZE=5
SHOP_DB_HOST=$DB
SHOP_DB_NAME=shop
SHOP_DB_USER=shop
SHOP_DB_PASSWORD=$SHOP_DB_PASSWORD
SHOP_REDIS_HOST=$CACHE
SHOP_REDIS_PASSWORD=$REDIS_PASSWORD
SHOP_MARIADB_HOST=$MARIA
SHOP_MARIADB_USER=shop
SHOP_MARIADB_PASSWORD=$SHOP_DB_PASSWORD
CONF
chown root:shop /etc/sysconfig/shop
chmod 640 /etc/sysconfig/shop

cat > /etc/nginx/conf.d/shop.conf <<'CONF'
upstream shop {
    server 127.0.0.1:8000;
    keepalive 16;
}

server {
    listen 8080;
    server_name _;
    location = /nginx_status {
        stub_status;
        allow 127.0.0.1;
        deny all;
    }
}

server {
    listen 80 default_server;
    server_name shop.example.com;

    location / {
        proxy_pass http://shop;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header X-Real-IP $remote_addr;
        proxy_connect_timeout 2s;
        proxy_read_timeout 10s;
    }
}
CONF
cat > /etc/cron.d/shop <<'CONF'
# Reports of the day before.
5 3 * * * shop /opt/shop/shop.py report >> /var/log/shop-report.log 2>&1
CONF
sed -i 's/^worker_processes auto;/worker_processes 2;/; s/worker_connections 1024;/worker_connections 4096;/' /etc/nginx/nginx.conf
sed -i 's/        listen       80;/        listen       127.0.0.1:81;/; /listen       \[::\]:80;/d' /etc/nginx/nginx.conf
systemctl enable -q nginx shop
