answers || exit 0
mysql -e "drop user if exists rockhop_move@'%'"
rm -rf "$MOVE/new-address" "$MOVE/out" "$MOVE/seed"
