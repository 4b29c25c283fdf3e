read -r device own <"$MOVE/own"
folder=/etc/NetworkManager/system-connections
profile=$folder/$NAME.nmconnection
# The old machine is known to be off by now: one question is enough, and each more is a second in which nobody serves.
if command -v arping >/dev/null; then
    arping -D -q -c 1 -w 1 -I "$device" "$ADDRESS" || die "another machine still answers at $ADDRESS"
fi
if [ ! -d "$MOVE/before" ]; then
    mkdir -p "$MOVE/before.part"
    cp -p "$folder"/*.nmconnection "$MOVE/before.part/" 2>/dev/null || :
    mv "$MOVE/before.part" "$MOVE/before"
fi
# The machine's own address stays as one more address: it can be reached there whatever becomes of the other.
awk -v device="$device" -v own="$own" '
    /^\[/ { if (ipv4) { print "address" n + 1 "=" own; n = 0 } ipv4 = 0 }
    /^interface-name=/ { $0 = "interface-name=" device }
    /^\[ipv4\]/ { ipv4 = 1 }
    ipv4 && /^address[0-9]+=/ { n++; print; next }
    ipv4 && n && !/^address/ { print "address" n + 1 "=" own; ipv4 = 0 }
    { print }
    END { if (ipv4) print "address" n + 1 "=" own }
' "$MOVE/staged/$NAME.nmconnection" >"$MOVE/$NAME.part"
for other in "$folder"/*.nmconnection; do
    [ -e "$other" ] || continue
    if grep -q "^interface-name=$device\$" "$other"; then rm -f "$other"; fi
done
chown root:root "$MOVE/$NAME.part"
chmod 600 "$MOVE/$NAME.part"
mv "$MOVE/$NAME.part" "$profile"
nmcli connection reload
nmcli connection up "$NAME"
if [ -d "$MOVE/staged/ssh" ]; then
    for key in "$MOVE"/staged/ssh/ssh_host_*_key; do
        case "$key" in *_dsa_key | *'*'*) continue ;; esac
        install -o root -g root -m 600 "$key" "/etc/ssh/${key##*/}"
        install -o root -g root -m 644 "$key.pub" "/etc/ssh/${key##*/}.pub"
    done
    sshd -t
    systemctl reload sshd
fi
# It tells the neighbours at once, and would then wait a second for nothing.
if command -v arping >/dev/null; then timeout 0.3 arping -q -U -c 1 -I "$device" "$ADDRESS" || :; fi
