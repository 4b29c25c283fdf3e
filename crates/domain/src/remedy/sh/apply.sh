# A copy first; then a draft beside the file, which takes its place in one step. After a crash anywhere it begins again:
# the file is as it was, or as it shall be, and never in between.
mkdir -p "$KEPT"
chmod 700 /var/lib/rockhop "${KEPT%/*}" "$KEPT"
alone
if as_left; then exit 0; fi
as_surveyed
still
printf '%s\n' "$FILE" >"$KEPT/path"
printf '%s\n' "$BEFORE" >"$KEPT/before"
# Anew each time, for its bytes are always the same, and its owner, mode and time are those of now.
rm -f "$KEPT/copy.part"
cp -a -- "$FILE" "$KEPT/copy.part"
[ "$(sum "$KEPT/copy.part")" = "$BEFORE" ] || changed "$FILE was changed while it was copied"
flush "$KEPT/copy.part"
mv -f "$KEPT/copy.part" "$KEPT/copy"
printf '%s' "$EDITS" >"$KEPT/edits"
printf '%s' "$ASKS" | while read -r device point; do
    uuid=$(uuid_of "$device")
    while IFS= read -r line; do
        case $line in *"{$device}"*) line=${line%%"{$device}"*}$uuid${line#*"{$device}"} ;; esac
        printf '%s\n' "$line"
    done <"$KEPT/edits" >"$KEPT/edits.part"
    mv -f "$KEPT/edits.part" "$KEPT/edits"
done
draft=$FILE.rockhop-draft
rm -f "$draft"
trap 'rm -f "$draft"' EXIT
cp -a -- "$FILE" "$draft"
awk '
NR == FNR && left { new[at] = new[at] $0 "\n"; left--; next }
NR == FNR { at = $1; left = $2; new[at] = ""; next }
FNR in new { printf "%s", new[FNR]; next }
{ print }
' "$KEPT/edits" "$FILE" >"$draft"
[ -z "$AFTER" ] || [ "$(sum "$draft")" = "$AFTER" ] || lost "the changed file is not what the plan says"
[ "$(sum "$draft")" != "$BEFORE" ] || lost "nothing of $FILE would be changed"
sound "$draft"
sum "$draft" >"$KEPT/after.part"
flush "$KEPT/after.part"
mv -f "$KEPT/after.part" "$KEPT/after"
flush "$draft"
[ "$(sum "$FILE")" = "$BEFORE" ] || changed "$FILE was changed meanwhile"
mv -f "$draft" "$FILE"
say "$FILE changed, the copy is $KEPT/copy"
