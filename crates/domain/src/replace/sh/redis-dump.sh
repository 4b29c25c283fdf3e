before=$(redis LASTSAVE | tr -cd '0-9')
sleep 1
redis BGSAVE >/dev/null
saved() { [ "$(redis LASTSAVE | tr -cd '0-9')" != "$before" ]; }
wait_until 300 saved || die "redis does not save" >&2
cat "$(redis CONFIG GET dir | sed -n 2p)/$(redis CONFIG GET dbfilename | sed -n 2p)"
