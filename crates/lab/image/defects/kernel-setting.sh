keep /etc/sysctl.d/95-tuning.conf
echo 'net.ipv4.tcp_tw_recycle = 1' >/etc/sysctl.d/95-tuning.conf
