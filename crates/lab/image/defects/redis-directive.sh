keep /etc/redis.conf
grep -q ^vm-enabled /etc/redis.conf || echo 'vm-enabled no' >>/etc/redis.conf
