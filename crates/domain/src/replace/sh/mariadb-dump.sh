"$DUMP" --single-transaction --routines --triggers --events --hex-blob --all-databases
