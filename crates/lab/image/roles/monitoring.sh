# Prometheus and Alertmanager, watching every host of the tier.
install_packages prometheus2 alertmanager
allow 9090 9093
install -d /etc/prometheus/rules
install -m 644 "$STAGE/files/rules.yml" /etc/prometheus/rules/hosts.yml
install -m 644 "$STAGE/files/shop-rules.yml" /etc/prometheus/rules/shop.yml
if [ "$TIER" = production ]; then
    hosts='mon-1:11 cache-1:21 cache-2:22 web-1:31 web-2:32 web-3:33 web-4:34 web-5:35 web-6:36 web-7:37 web-8:38 db-1:41 db-2:42 db-3:43 db-4:44 edge-1:51 load-1:61'
else
    hosts='pre-mon-1:111 pre-cache-1:121 pre-web-1:131 pre-db-1:141'
fi
{
    cat <<CONF
global:
  scrape_interval: 10s
  evaluation_interval: 10s
  external_labels:
    tier: $TIER

alerting:
  alertmanagers:
    - static_configs:
        - targets: ['localhost:9093']

rule_files:
  - /etc/prometheus/rules/*.yml

scrape_configs:
  - job_name: prometheus
    static_configs:
      - targets: ['localhost:9090']
  - job_name: node
    static_configs:
CONF
    for entry in $hosts; do
        printf "      - targets: ['%s.0.%s:9100']\n        labels: {host: %s}\n" "$NET" "${entry#*:}" "${entry%%:*}"
    done
    if [ "$TIER" = production ]; then
        printf "  - job_name: haproxy\n    static_configs:\n      - targets: ['%s.0.51:8404']\n" "$NET"
    fi
} > /etc/prometheus/prometheus.yml
cat > /etc/prometheus/alertmanager.yml <<'CONF'
route:
  receiver: operators
  group_by: [alertname]
  group_wait: 10s
receivers:
  - name: operators
CONF
sed -i "s|^PROMETHEUS_OPTS='|&--storage.tsdb.retention.time=7d --web.enable-lifecycle |" /etc/default/prometheus
systemctl enable -q prometheus alertmanager
