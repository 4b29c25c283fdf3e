# The device holds what is mounted there, and nothing else has its UUID: names of disks change places.
uuid_of() { blkid -c /dev/null -o value -s UUID "$1"; }
still() {
    printf '%s' "$ASKS" | while read -r device point; do
        if [ "$point" = swap ]; then
            awk -v device="$device" '$1 == device { found = 1 } END { exit !found }' /proc/swaps ||
                lost "$device is not in use as swap"
        else
            from=$(awk -v point="$point" '$2 == point { from = $1 } END { print from }' /proc/self/mounts)
            [ "$from" = "$device" ] || lost "$point is mounted from ${from:-nothing}, not from $device"
        fi
        uuid=$(uuid_of "$device") || uuid=
        case $uuid in '' | *[!0-9A-Za-z-]*) lost "$device has no UUID" ;; esac
        [ "$(blkid -c /dev/null -o device -t "UUID=$uuid" | wc -l)" -eq 1 ] || lost "several devices have the UUID of $device"
    done
}
