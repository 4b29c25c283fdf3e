if [ -s /etc/hostname ]; then hostname "$(cat /etc/hostname)"; fi
sysctl -q --system >/dev/null 2>&1 || say "some kernel settings were not taken: $(sysctl --system 2>&1 >/dev/null | head -n 3)"
sysctl -q -w net.ipv4.ip_nonlocal_bind=1
