read -r device own <"$MOVE/own"
here=$(ip -4 -o addr show dev "$device" scope global | awk '{ sub("/.*", "", $4); print $4 }')
printf '%s\n' "$here" | grep -qx "$ADDRESS" || die "$device does not have $ADDRESS"
printf '%s\n' "$here" | grep -qx "${own%/*}" || die "$device lost its own address ${own%/*}"
say "$device: $(printf '%s ' $here)"
