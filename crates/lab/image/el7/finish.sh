#!/bin/sh
# Run inside the EL7 root after its packages are in: what an operations team adds to every host.
set -eu
# A usual EL7 has no nft; iptables-save tells its whole packet filter.
mv /usr/sbin/nft /usr/lib/rockhop-lab/bin/
ln -sf /usr/lib/systemd/system/multi-user.target /etc/systemd/system/default.target
systemctl enable -q sshd crond network ntpd iptables node_exporter
cat > /etc/ssh/sshd_config.ops <<'CONF'
PasswordAuthentication no
PermitRootLogin no
UseDNS no
ClientAliveInterval 300
CONF
sed -i -e '/^PasswordAuthentication/d' -e '/^GSSAPI/d' -e '/^ChallengeResponse/d' /etc/ssh/sshd_config
cat /etc/ssh/sshd_config.ops >> /etc/ssh/sshd_config
rm /etc/ssh/sshd_config.ops
sed -i 's/^server [0-9]\.centos.*//; s/^server 0.*//' /etc/ntp.conf
printf 'server ntp1.example.net iburst\nserver ntp2.example.net iburst\n' >> /etc/ntp.conf
sed -i '/--dport 22/a -A INPUT -p tcp -m state --state NEW -m tcp --dport 9100 -j ACCEPT' /etc/sysconfig/iptables
