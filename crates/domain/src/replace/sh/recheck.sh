# What matters is still as it was surveyed: the system, its packages, its configuration. What changed since is not in the
# plan; then the host has to be surveyed and planned again.
. /etc/os-release
[ "$ID $VERSION_ID" = "$SYSTEM" ] || die "the system is $ID $VERSION_ID, surveyed was $SYSTEM"
packages=$(rpm -qa --qf '%{NAME} %{EPOCHNUM} %{VERSION} %{RELEASE} %{ARCH}\n' | LC_ALL=C sort | sha256sum)
[ "${packages%% *}" = "$PACKAGES" ] || die "the installed packages are not those of the survey"
printf '%s' "$FILES" | sha256sum --check --quiet - || die "configuration was changed after the survey"
printf '%s' "$SIZES" | while read -r size path; do
    [ "$(stat -c %s "$path")" = "$size" ] || die "$path was changed after the survey"
done
sum=$(printf '%s' "$REST" | xargs -r -d '\n' sha256sum 2>&1 | sha256sum)
[ "${sum%% *}" = "$REST_SUM" ] ||
    die "configuration was changed after the survey; last: $(printf '%s' "$REST" | xargs -r -d '\n' ls -1dtc 2>&1 | head -n 1)"
nl='
'
printf '%s' "$FOLDERS" | while read -r folder; do
    [ -d "$folder" ] || continue
    find "$folder" -maxdepth 1 -type f -newerct "@$TAKEN" | while read -r path; do
        case "$nl$FILES$SIZES$REST" in *["$nl "]"$path$nl"*) ;; *) die "$path was added after the survey" ;; esac
    done
done
say "system $SYSTEM, packages $PACKAGES, $(printf '%s' "$FILES$REST" | grep -c .) files as surveyed"
