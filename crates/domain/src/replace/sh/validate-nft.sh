nft -c -f /etc/sysconfig/nftables.conf
