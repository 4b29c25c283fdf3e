# Exactly the old bytes, with owner, mode, time and label. Nothing where nothing was done; never over somebody's work.
if [ -d "$KEPT" ]; then alone; fi
if [ ! -s "$KEPT/after" ]; then say "nothing was changed here"; exit 0; fi
is_file
draft=$FILE.rockhop-draft
rm -f "$draft" # a crash may have left one
trap 'rm -f "$draft"' EXIT
now=$(sum "$FILE")
if [ "$now" = "$BEFORE" ]; then say "$FILE is as it was"; exit 0; fi
[ "$now" = "$(cat "$KEPT/after")" ] || changed "$FILE was changed after the remedy; as it was before: $KEPT/copy"
[ "$(sum "$KEPT/copy")" = "$BEFORE" ] || lost "$KEPT/copy is not the file as it was"
[ "$(marks "$FILE")" = "$(marks "$KEPT/copy")" ] ||
    changed "owner, mode or label of $FILE were changed after the remedy; as it was before: $KEPT/copy"
cp -a -- "$KEPT/copy" "$draft"
[ "$(sum "$draft")" = "$BEFORE" ] || lost "the copy could not be read back"
flush "$draft"
mv -f "$draft" "$FILE"
[ "$(sum "$FILE")" = "$BEFORE" ] || die "$FILE is not as it was"
say "$FILE is as it was, $BEFORE"
