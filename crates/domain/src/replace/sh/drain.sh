set_state drain
wait_until "$PATIENCE" idle || say "still $(field 5) sessions after $PATIENCE s: they are cut"
