keep /etc/fstab
grep -q ^/dev/sdb1 /etc/fstab || echo '/dev/sdb1 /srv/archive ext4 noauto,nofail 0 2' >>/etc/fstab
