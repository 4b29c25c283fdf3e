# Groups and users with the numbers they had; a number that is taken here gives way, for files go across by name.
printf '%s' "$GROUPS_WANTED" | while IFS=: read -r name gid; do
    getent group "$name" >/dev/null && continue
    if getent group "$gid" >/dev/null; then groupadd -r "$name"; else groupadd -g "$gid" "$name"; fi
done
printf '%s' "$USERS_WANTED" | while IFS=: read -r name uid group home shell; do
    getent passwd "$name" >/dev/null && continue
    number="-u $uid"
    if getent passwd "$uid" >/dev/null; then number=-r; fi
    useradd -M $number -g "$group" -d "$home" -s "$shell" "$name"
done
printf '%s' "$MEMBERS_WANTED" | while IFS=: read -r group user; do
    if getent group "$group" >/dev/null && getent passwd "$user" >/dev/null; then usermod -a -G "$group" "$user"; fi
done
