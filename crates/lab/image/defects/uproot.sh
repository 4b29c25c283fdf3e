# Puts back every file that a defect changed, and takes away what it brought.
[ ! -x "$BOOK/undo" ] || "$BOOK/undo"
for copy in "$BOOK"/@*; do
    [ -e "$copy" ] || continue
    name=${copy##*/}
    path=$(echo "${name%.none}" | tr @ /)
    case $name in *.none) rm -f "$path" ;; *) cp -a "$copy" "$path" ;; esac
done
rm -r "$BOOK"
