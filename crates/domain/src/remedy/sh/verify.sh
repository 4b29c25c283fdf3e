as_left || die "$FILE is not as the remedy leaves it"
if [ -f "$KEPT/copy" ]; then
    [ "$(sum "$KEPT/copy")" = "$BEFORE" ] || die "$KEPT/copy is not the file as it was"
    [ "$(marks "$FILE")" = "$(marks "$KEPT/copy")" ] || die "owner, mode or label of $FILE are not what they were"
    say "$FILE $(sum "$FILE"), as it was in $KEPT/copy $BEFORE"
else
    say "$FILE $(sum "$FILE"), was so before"
fi
