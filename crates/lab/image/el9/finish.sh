#!/bin/sh
# Run inside the EL9 root after its packages are in: a bare host as a kickstart leaves it.
set -eu
ln -sf /usr/lib/systemd/system/multi-user.target /etc/systemd/system/default.target
systemctl enable -q sshd crond NetworkManager chronyd
printf 'PasswordAuthentication no\nPermitRootLogin no\n' > /etc/ssh/sshd_config.d/01-kickstart.conf
chmod 600 /etc/ssh/sshd_config.d/01-kickstart.conf
dnf -q makecache
