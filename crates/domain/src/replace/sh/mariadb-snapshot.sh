# A consistent dump that knows its place in the replication stream. Readers and writers go on.
if [ -s "$MOVE/seed/mariadb.sql.gz" ]; then exit 0; fi
need=$(du -sk "$DATA" | cut -f1)
free=$(df -Pk /var/lib | awk 'NR == 2 { print $4 }')
[ "$free" -gt $((need / 2)) ] || die "not enough room for a dump below /var/lib: $free KiB free, the data has $need KiB"
mkdir -p "$MOVE/seed"
chmod 700 "$MOVE/seed"
{ "$DUMP" --single-transaction --routines --triggers --events --hex-blob --all-databases --gtid "$PLACE" \
    && printf -- '-- rockhop: complete\n'; } | gzip -1 >"$MOVE/seed/part"
[ "$(zcat "$MOVE/seed/part" | tail -n 1)" = '-- rockhop: complete' ] || die "the dump is not complete"
mv "$MOVE/seed/part" "$MOVE/seed/mariadb.sql.gz"
