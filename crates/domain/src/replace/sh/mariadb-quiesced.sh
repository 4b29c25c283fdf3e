if systemctl -q is-active "$UNIT"; then die "MariaDB still runs"; fi
say "MariaDB stopped at $(cat "$MOVE/out/mariadb-final")"
