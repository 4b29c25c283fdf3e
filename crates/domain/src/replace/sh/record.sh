. /etc/os-release
# What was needed to get here; the way back does not need it.
rm -rf "$MOVE/seed" "$MOVE/in" "$MOVE/staged"
rm -f /var/lib/pgsql/.rockhop-pgpass
sysctl -q -w net.ipv4.ip_nonlocal_bind=0
say "system $PRETTY_NAME"
say "kernel $(uname -r)"
say "packages $(rpm -qa | wc -l)"
say "failed units $(systemctl --failed --no-legend --plain | awk '{ print $1 }' | tr '\n' ' ')"
say "listening $(ss -H -l -n -t | awk '{ sub(".*:", "", $4); print $4 }' | sort -nu | tr '\n' ' ')"
