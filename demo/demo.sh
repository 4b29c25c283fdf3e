#!/usr/bin/env bash
# A fleet goes the whole way on this machine: lab, survey, rehearsal, approval, run under load, report.
#
#   demo/demo.sh ROCKHOP [FOLDER]
#
# ROCKHOP is the binary, FOLDER the project's (default: demo-project). The lab needs root and namespaces; without them a
# simulated fleet goes the same way in a new folder below FOLDER, and says so. May be repeated: a run that was interrupted is
# taken up where its hosts stand. ROCKHOP_LANG=zh speaks Chinese.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=demo/line.sh
. "$here/line.sh"
binary=$(realpath "${1:?the binary is missing: demo/demo.sh target/release/rockhop}")
folder=${2:-demo-project}
namespace=rockhop-lab
fleet="11 21 22 31 32 33 34 35 36 37 38 41 42 43 44"
# The project's provisioner is `rockhop lab hook`.
PATH="$(dirname "$binary"):$PATH"

# No lab here, for this reason: the rest of the demo is simulated.
simulated() {
    printf '\n%s\nThe demo goes on with a SIMULATED fleet: the same plan, engine and report, and no host.\n' "$1"
    exec "$here/simulated.sh" "$binary" "$folder/simulated-$(date +%Y%m%d-%H%M%S)"
}

# How `rockhop lab up` ends where the lab cannot stand: docs/exit-codes.md.
no_lab=69

[ "$(id -u)" = 0 ] || simulated "The lab needs root: it boots real hosts in a network namespace of its own."

go() {
    printf '\n$ rockhop %s\n' "$*"
    rockhop -C "$folder" "$@"
}

# Runs a command on a host of the lab, as its operators do.
on() {
    local address=$1
    shift
    nsenter --net="/run/netns/$namespace" ssh -n -F none -o BatchMode=yes -o LogLevel=ERROR \
        -o UserKnownHostsFile="$folder/known_hosts" -i "$folder/keys/ops_ed25519" "ops@10.77.0.$address" "$@"
}

mkdir -p "$folder/keys"
chmod 700 "$folder/keys"
[ -e "$folder/rockhop.toml" ] || cp "$here/rockhop.toml" "$folder/"
if [ ! -e "$folder/keys/wang.wei" ]; then
    ssh-keygen -q -t ed25519 -N '' -C wang.wei -f "$folder/keys/wang.wei"
    printf 'wang.wei %s\n' "$(cat "$folder/keys/wang.wei.pub")" > "$folder/approvers.allowed"
fi

started=$SECONDS
go lab up || {
    code=$?
    [ "$code" != "$no_lab" ] || simulated "The lab cannot stand on this machine; the reason stands above."
    exit "$code"
}
the_line wang.wei "$folder/keys/wang.wei"
go vault verify

printf '\nWhat the hosts say of themselves at their addresses:\n'
moved=0
for address in $fleet; do
    said=$(on "$address" '. /etc/os-release; printf "%s, %s packages, %s of EL 7" "$PRETTY_NAME" \
        "$(rpm -qa | wc -l)" "$(rpm -qa --qf "%{RELEASE}\n" | grep -c "[.]el7" || :)"')
    printf '  10.77.0.%-3s %s\n' "$address" "$said"
    case $said in "Rocky Linux 9"*" 0 of EL 7") moved=$((moved + 1)) ;; esac
done
printf '\nWhat the load generator and its prober saw, by their own logs:\n'
on 61 'sudo -n shop-summary'
printf '\nEvery receipt against the database:\n'
on 61 'sudo -n shop-verify'
go lab status

set -- $fleet
printf '\n%s of %s hosts are on Rocky Linux 9. The old ones are switched off, as they were: rockhop lab status names them.\n' "$moved" "$#"
printf 'The report: %s/reports. A host before and after: rockhop -C %s ledger show --host web-1\n' "$folder" "$folder"
printf 'Took %d min %d s. rockhop lab down stops the lab; with --purge everything it made goes.\n' \
    $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60))
[ "$moved" = "$#" ]
