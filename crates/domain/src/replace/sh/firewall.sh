# Before anything connects: a filter that starts later knows nothing of the connections that are there.
nft -c -f /etc/sysconfig/nftables.conf
systemctl -q disable --now firewalld.service 2>/dev/null || :
systemctl -q enable nftables.service
systemctl restart nftables.service
