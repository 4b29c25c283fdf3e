[ "$(sql 'select @@read_only')" = "$READ_ONLY" ] || die "MariaDB takes no writes"
[ -z "$(slave Master_Host)" ] || die "MariaDB still follows $(slave Master_Host)"
say "primary, took over at $(cat "$MOVE/promoted-mariadb")"
