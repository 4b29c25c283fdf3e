# Both names are one module here.
still() {
    printf '%s' "$MODULES" | while read -r old new; do
        is=$(modprobe -R "$old" 2>/dev/null) || is=
        [ "$is" = "$new" ] || lost "$old is ${is:-no module} here, not $new"
    done
}
