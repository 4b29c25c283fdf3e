#!/bin/sh
# Run inside every face: the operators' account, and what Debian's binaries need beside EL's files.
set -eu
useradd -u 1000 -U -m -G wheel -s /bin/bash ops
printf 'ops ALL=(ALL) NOPASSWD: ALL\n' > /etc/sudoers.d/ops
chmod 440 /etc/sudoers.d/ops
install -d -o ops -g ops -m 700 /home/ops/.ssh
chgrp shadow /usr/sbin/unix_chkpwd 2>/dev/null || true
chmod 4755 /usr/bin/crontab # as on EL; Debian uses a group that EL does not have
install -d -m 755 /var/lib/prometheus
