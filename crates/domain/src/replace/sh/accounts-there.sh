printf '%s' "$USERS_WANTED" | while IFS=: read -r name uid rest; do
    there=$(id -u "$name") || die "user $name is not there"
    if [ "$there" = "$uid" ]; then say "$name $there"; else say "$name $there (was $uid)"; fi
done
printf '%s' "$GROUPS_WANTED" | while IFS=: read -r name gid; do
    getent group "$name" >/dev/null || die "group $name is not there"
done
