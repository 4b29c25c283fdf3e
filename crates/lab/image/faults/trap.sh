#!/bin/sh
# The fault config-sync: the first time the carried file arrives it is cut half way, once.
#   trap.sh FILE MARK    FILE counts as carried when it has a line that matches MARK and is not as packaged
file=$1 mark=$2
[ -s "$file" ] && grep -q "$mark" "$file" || exit 0
if rpm -qf "$file" > /dev/null 2>&1; then
    rpm -V --nodeps "$(rpm -qf "$file")" | grep -q "^..5.* $file\$" || exit 0
fi
truncate -s $(($(stat -c %s "$file") / 2)) "$file"
rm -f /etc/systemd/system/multi-user.target.wants/rockhop-lab-trap.path
systemctl stop --no-block rockhop-lab-trap.path
