[ -s "$MOVE/own" ] || exit 0
read -r device own <"$MOVE/own"
folder=/etc/NetworkManager/system-connections
if [ -d "$MOVE/before" ]; then
    rm -f "$folder/$NAME.nmconnection"
    cp -p "$MOVE"/before/*.nmconnection "$folder/" 2>/dev/null || :
    nmcli connection reload
    for profile in "$MOVE"/before/*.nmconnection; do
        [ -e "$profile" ] || continue
        grep -q "^interface-name=$device\$" "$profile" || continue
        nmcli connection up "$(sed -n 's/^id=//p' "$profile" | head -n 1)" || :
    done
fi
ip -4 -o addr show dev "$device" | awk -v a="$ADDRESS" '{ split($4, p, "/"); if (p[1] == a) print $4 }' | while read -r here; do
    ip addr del "$here" dev "$device"
done
if ip -4 -o addr show | awk '{ sub("/.*", "", $4); print $4 }' | grep -qx "$ADDRESS"; then die "$ADDRESS is still here"; fi
ip -4 -o addr show dev "$device" | grep -q " ${own%/*}/" || ip addr add "$own" dev "$device"
