#!/usr/bin/env bash
# How long an assessment of many hosts takes from their stored surveys, and how much memory: twice, to see what grows.
#
#   bench/assess.sh ROCKHOP STORED_FLEET [HOSTS] [SEED]
#
# ROCKHOP is the binary; STORED_FLEET is the example that writes the surveys (`cargo build --release -p rockhop-cli
# --example stored_fleet`). HOSTS (default 10000) are written into a temporary folder, some 290 KB a host, and a tenth of
# them into another. What is timed is `rockhop assess --json`, what it keeps included, the first time and a second time
# with the first to compare with. Aim: 10,000 hosts under 20 s on two cores, memory that hardly grows with the hosts.
set -euo pipefail

binary=$(realpath "${1:?the binary is missing: bench/assess.sh target/release/rockhop target/release/examples/stored_fleet}")
writer=$(realpath "${2:?the example is missing: target/release/examples/stored_fleet}")
hosts=${3:-10000}
seed=${4:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

measure() { # name, folder
	local began ended peak code=0
	began=$(date +%s%N)
	"$binary" -C "$2" assess --json >"$work/out.json" &
	local pid=$!
	peak=0
	while kill -0 "$pid" 2>/dev/null; do
		now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null || true)
		if [ "${now:-0}" -gt "$peak" ]; then peak=$now; fi
		sleep 0.05
	done
	wait "$pid" || code=$?
	ended=$(date +%s%N)
	# 0: nothing blocks; 2: something does, as it should on this fleet.
	[ "$code" = 0 ] || [ "$code" = 2 ] || { echo "rockhop ended with $code" >&2; exit 1; }
	awk -v name="$1" -v ns=$((ended - began)) -v kib="$peak" -v bytes="$(stat -c %s "$work/out.json")" \
		'BEGIN { printf "%-28s %8.2f s %8.1f MiB peak %8.1f MB of JSON\n", name, ns / 1e9, kib / 1024, bytes / 1e6 }'
}

for n in $((hosts / 10)) "$hosts"; do
	"$writer" "$work/$n" "$n" "$seed" >/dev/null
	measure "$n hosts, first" "$work/$n"
	measure "$n hosts, again" "$work/$n"
done
