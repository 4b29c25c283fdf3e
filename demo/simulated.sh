#!/usr/bin/env bash
# The way of the demo without a lab: the same commands, plan, engine and report over a fleet that exists in memory only.
# No root, no network, no host; every output says that it is simulated.
#
#   demo/simulated.sh ROCKHOP FOLDER
#
# ROCKHOP is the binary, FOLDER a new folder for the project. ROCKHOP_LANG=zh speaks Chinese.
set -euo pipefail

rockhop=$(realpath "${1:?the binary is missing: demo/simulated.sh target/release/rockhop FOLDER}")
folder=${2:?the folder is missing: demo/simulated.sh target/release/rockhop FOLDER}
hosts=15
# shellcheck source=demo/line.sh
. "$(dirname "$0")/line.sh"

go() {
    printf '\n$ rockhop %s\n' "$*"
    "$rockhop" -C "$folder" "$@"
}

if [ -e "$folder/rockhop.toml" ]; then
    echo "$folder has a project already; name a new folder." >&2
    exit 1
fi

started=$SECONDS
go lab up --simulated
the_line lab-approver "$folder/keys/approver_ed25519"

accepted=$("$rockhop" -C "$folder" status --json | sed -n 's/^  "accepted": \([0-9]*\),$/\1/p')
printf '\nSIMULATED: %s of %s hosts were accepted on Rocky Linux 9, in memory. No host was touched, nothing was measured.\n' \
    "${accepted:-0}" "$hosts"
printf 'The report, marked as simulated on every page: %s/reports. Took %d min %d s.\n' \
    "$folder" $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60))
[ "$accepted" = "$hosts" ]
