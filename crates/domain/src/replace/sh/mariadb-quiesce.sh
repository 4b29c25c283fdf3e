if answers; then
    followers "user = 'rockhop_move'" | head -n 1 >"$MOVE/new-address"
    [ -s "$MOVE/new-address" ] || die "the successor does not follow"
    # At the next start this server takes no writes until it is decided who has the newest data.
    printf '[mysqld]\nread_only = 1\n' >/etc/my.cnf.d/zz-rockhop-hold.cnf
    chmod 644 /etc/my.cnf.d/zz-rockhop-hold.cnf
    sql 'set global read_only = 1'
    sql 'select @@log_bin_basename' >"$MOVE/binlog"
    sql 'select @@gtid_binlog_pos' >"$MOVE/out/mariadb-final.part"
    # Ends only after every follower has received everything.
    sql 'shutdown wait for all slaves'
fi
stopped() { ! systemctl -q is-active "$UNIT"; }
wait_until 60 stopped || systemctl stop "$UNIT"
# Somebody with enough rights may have written after the position was asked for: the log itself has the last word.
last=$(ls -1 "$(cat "$MOVE/binlog")".[0-9]* | tail -n 1)
end=$("$SHOW" --base64-output=decode-rows "$last" 2>/dev/null | sed -n 's/.*GTID \([0-9]*-[0-9]*-[0-9]*\).*/\1/p' | tail -n 1)
[ -z "$end" ] || case ",$(cat "$MOVE/out/mariadb-final.part")," in
    *",$end,"*) ;;
    *) printf '%s\n' "$end" >"$MOVE/out/mariadb-final.part" ;;
esac
mv "$MOVE/out/mariadb-final.part" "$MOVE/out/mariadb-final"
