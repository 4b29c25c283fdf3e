# What matters is still as it was surveyed: the system, its packages, the files that go across.
. /etc/os-release
[ "$ID $VERSION_ID" = "$SYSTEM" ] || die "the system is $ID $VERSION_ID, surveyed was $SYSTEM"
packages=$(rpm -qa --qf '%{NAME} %{EPOCHNUM} %{VERSION} %{RELEASE} %{ARCH}\n' | LC_ALL=C sort | sha256sum)
[ "${packages%% *}" = "$PACKAGES" ] || die "the installed packages are not those of the survey"
printf '%s' "$FILES" | sha256sum --check --quiet - || die "configuration was changed after the survey"
printf '%s' "$SIZES" | while read -r size path; do
    [ "$(stat -c %s "$path")" = "$size" ] || die "$path was changed after the survey"
done
say "system $SYSTEM, packages $PACKAGES, $(printf '%s' "$FILES" | grep -c .) files as surveyed"
