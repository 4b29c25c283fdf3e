# A signing key that the signed plan carries.
mkdir -p "${KEY_FILE%/*}"
printf '%s\n' "$KEY" >"$KEY_FILE"
chmod 644 "$KEY_FILE"
