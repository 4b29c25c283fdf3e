# The connection was made from another address.
redis CLIENT KILL TYPE master >/dev/null
in_step() { [ "$(info master_link_status) $(info master_sync_in_progress)" = "up 0" ]; }
wait_until 60 in_step || die "redis does not reach its master"
