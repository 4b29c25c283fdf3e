# Files went across by name; what nobody owns here was missed.
for path in $PATHS; do
    [ -e "$path" ] || continue
    lost=$(find "$path" \( -nouser -o -nogroup \) -print 2>/dev/null | head -n 3)
    [ -z "$lost" ] || die "nobody owns: $lost"
done
