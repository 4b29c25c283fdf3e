#!/usr/bin/env bash
# A fleet goes the whole way on this machine: lab, survey, rehearsal, approval, run, report.
#
#   demo/demo.sh ROCKHOP [FOLDER]
#
# ROCKHOP is the binary, FOLDER the project's (default: demo-project). Needs root, for the lab. May be repeated: a run that
# was interrupted is taken up where its hosts stand. ROCKHOP_LANG=zh speaks Chinese.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
binary=$(realpath "${1:?the binary is missing: demo/demo.sh target/release/rockhop}")
folder=${2:-demo-project}
# The project's provisioner is `rockhop lab hook`.
PATH="$(dirname "$binary"):$PATH"

go() {
    printf '\n$ rockhop %s\n' "$*"
    rockhop -C "$folder" "$@"
}

mkdir -p "$folder/keys"
[ -e "$folder/rockhop.toml" ] || cp "$here/rockhop.toml" "$folder/"
if [ ! -e "$folder/keys/wang.wei" ]; then
    ssh-keygen -q -t ed25519 -N '' -C wang.wei -f "$folder/keys/wang.wei"
    printf 'wang.wei %s\n' "$(cat "$folder/keys/wang.wei.pub")" > "$folder/approvers.allowed"
fi

started=$SECONDS
go lab up
go survey
go assess
go plan --preproduction
go rehearse
go plan
go plan show
go approve --as wang.wei --key "$folder/keys/wang.wei"
go run
go survey --after
go report
go ledger verify
go vault verify
printf '\nDone in %d minutes. The report is in %s/reports.\n' $(((SECONDS - started) / 60)) "$folder"
printf 'rockhop lab down stops the lab; with --purge everything it made goes.\n'
