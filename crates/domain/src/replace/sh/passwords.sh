# Password hashes of the people who came across, from the old shadow file; nobody else's is touched.
for name in $PEOPLE; do
    hash=$(awk -F: -v name="$name" '$1 == name { print $2 }' "$MOVE/staged/shadow")
    [ -n "$hash" ] || continue
    printf '%s:%s\n' "$name" "$hash" | chpasswd -e
done
rm -f "$MOVE/staged/shadow"
