systemctl stop $UNITS
for folder in $FOLDERS; do
    [ ! -d "$folder" ] || find "$folder" -mindepth 1 -delete
done
