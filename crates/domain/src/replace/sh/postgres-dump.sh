runuser -u postgres -- "$BIN/pg_dumpall" -p "$PORT"
