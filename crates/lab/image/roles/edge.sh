# HAProxy in front of the web servers. It stands beside the fleet and does not migrate.
install_packages haproxy socat node_exporter
{
    cat <<'CONF'
global
    user haproxy
    group haproxy
    maxconn 2000
    stats socket /run/haproxy/admin.sock mode 660 level admin expose-fd listeners
    stats timeout 30s

defaults
    mode http
    timeout connect 2s
    timeout client 15s
    timeout server 12s
    timeout queue 5s
    option redispatch
    retries 3
    retry-on conn-failure

frontend shop
    bind *:80
    default_backend web

frontend stats
    bind *:8404
    http-request use-service prometheus-exporter if { path /metrics }
    stats enable
    stats uri /stats
    stats refresh 5s

backend web
    balance leastconn
    option httpchk GET /healthz
    http-check expect status 200
    default-server inter 1s fastinter 250ms downinter 1s fall 2 rise 1 slowstart 0 maxconn 64
CONF
    for n in 1 2 3 4 5 6 7 8; do echo "    server web-$n $NET.0.3$n:80 check"; done
} > /etc/haproxy/haproxy.cfg
systemctl enable -q haproxy node_exporter
