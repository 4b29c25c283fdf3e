# What the project declares with an address is in one file of ours; what the machine defines itself is switched on there.
if [ -n "$DEFINITIONS" ]; then printf '%s' "$DEFINITIONS" >"$REPOS/rockhop.repo"; fi
for id in $SWITCHED_ON; do
    file=$(grep -lxF "[$id]" "$REPOS"/*.repo 2>/dev/null | head -n 1)
    [ -n "$file" ] || die "no file in $REPOS defines $id"
    awk -v "section=[$id]" '
        function leave() { if (inside && !said) print "enabled=1"; said = 0 }
        /^\[/ { leave(); inside = ($0 == section) }
        inside && /^[ \t]*enabled[ \t]*=/ { print "enabled=1"; said = 1; next }
        { print }
        END { leave() }' "$file" >"$file.rockhop"
    cat "$file.rockhop" >"$file"
    rm -f "$file.rockhop"
done
