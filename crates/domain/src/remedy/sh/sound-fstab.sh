# Row for row the same mount points and kinds, but for rows that became comments.
rows() { awk 'NF && $1 !~ /^#/ { print $2, $3 }' "$1" | sort -u; }
sound() {
    [ "$(rows "$FILE")" = "$(rows "$1")" ] || lost "the rows of $FILE would not be the same"
    # Each source that was put in is there.
    awk 'NF && $1 ~ /^UUID=[{]/ { exit 1 }' "$1" || lost "a device of $FILE was not asked for its UUID"
}
