# Every package can be had from the declared repositories, or from those that the new machine knows.
missing=
for package in $WANTED; do
    rpm -q --quiet --whatprovides "$package" && continue
    [ -n "$(dnf -q $FROM repoquery --available --qf '%{name}' "$package" 2>/dev/null)" ] || missing="$missing $package"
done
[ -z "$missing" ] || die "no repository of the new machine has:$missing"
