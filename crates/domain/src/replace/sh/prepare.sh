# The new machine: notes its own address, and lets services bind the address that they will get later.
. /etc/os-release
case "$VERSION_ID" in 9 | 9.*) ;; *) die "the new machine runs $ID $VERSION_ID, not release 9" ;; esac
mkdir -p "$MOVE/in" "$MOVE/staged"
chmod 700 /var/lib/rockhop "$MOVE"
if [ ! -s "$MOVE/own" ]; then
    device=$(ip -4 -o route get "$ADDRESS" | sed -n 's/.* dev \([^ ]*\).*/\1/p')
    own=$(ip -4 -o addr show dev "$device" scope global | awk '{ print $4; exit }')
    [ -n "$own" ] || die "no address of its own on $device"
    [ "${own%/*}" != "$ADDRESS" ] || die "the new machine has the service address already"
    printf '%s %s\n' "$device" "$own" >"$MOVE/own.part"
    mv "$MOVE/own.part" "$MOVE/own"
fi
sysctl -q -w net.ipv4.ip_nonlocal_bind=1
