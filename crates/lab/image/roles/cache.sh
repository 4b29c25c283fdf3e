# Redis with a password, as a primary or as the replica of one.
install_packages jemalloc redis
allow 6379
sed -i -e "s/^bind .*/bind 0.0.0.0/" -e "s/^appendonly no/appendonly yes/" /etc/redis.conf
cat >> /etc/redis.conf <<CONF

# --- shop
maxmemory 64mb
maxmemory-policy allkeys-lru
requirepass $REDIS_PASSWORD
masterauth $REDIS_PASSWORD
CONF
[ -z "$REPLICA_OF" ] || echo "slaveof $CACHE 6379" >> /etc/redis.conf
systemctl enable -q redis
