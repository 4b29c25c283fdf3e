chronyd -p -f /etc/chrony.conf >/dev/null
