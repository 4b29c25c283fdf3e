#!/usr/bin/env bash
# How long a survey of a fleet takes, beside the same hosts under other tools, alternating in one run.
#
#   bench/survey.sh ROCKHOP [PROJECT] [ROUNDS]
#
# ROCKHOP is the binary. PROJECT holds rockhop.toml, inventory.ini, known_hosts and keys/, as `rockhop lab up` writes them
# (default: .). The hosts of a lab are reached in its network namespace (ROCKHOP_NETNS, default rockhop-lab; empty for hosts
# on the ordinary network). ROCKHOP_BENCH_HOSTS says how many hosts of the inventory's first are measured (default: 15, the
# lab's fleet that moves). Nothing is changed on the hosts. ansible-core and pyinfra are installed into a virtual environment
# of the bench's own (ROCKHOP_BENCH_VENV, default target/bench-venv); a tool that cannot be installed is reported as not
# measured.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
binary=$(realpath "${1:?the binary is missing: bench/survey.sh target/release/rockhop}")
project=$(cd "${2:-.}" && pwd)
rounds=${3:-5}
netns=${ROCKHOP_NETNS-rockhop-lab}
venv=${ROCKHOP_BENCH_VENV:-$here/target/bench-venv}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

inside() { if [ -n "$netns" ]; then nsenter --net="/run/netns/$netns" "$@"; else "$@"; fi; }

mapfile -t hosts < <(awk '/ansible_host=/ { split($2, a, "="); print $1 "=" a[2] }' "$project/inventory.ini" | head -n "${ROCKHOP_BENCH_HOSTS:-15}")
user=$(awk -F= '$1 == "ansible_user" { print $2 }' "$project/inventory.ini")
key=$(awk -F= '$1 == "ansible_ssh_private_key_file" { print $2 }' "$project/inventory.ini")
[ "${#hosts[@]}" -gt 0 ] || { echo "no hosts in $project/inventory.ini" >&2; exit 1; }

cat >"$work/ssh_config" <<CONFIG
Host *
  User $user
  IdentityFile $key
  IdentitiesOnly yes
  BatchMode yes
  StrictHostKeyChecking yes
  UserKnownHostsFile $project/known_hosts
CONFIG

# The command as an operator gives it; it enters the project's namespace by itself. What it reads is not kept.
rockhop() { "$binary" -C "$project" survey --dry-run "${hosts[@]%%=*}"; }

ssh_true() { printf '%s\n' "${hosts[@]#*=}" | inside xargs -P "${#hosts[@]}" -I{} ssh -F "$work/ssh_config" {} true; }

ansible_setup() {
  local limit
  limit=$(IFS=,; printf '%s' "${hosts[*]%%=*}")
  ANSIBLE_HOST_KEY_CHECKING=True ANSIBLE_SSH_ARGS="-F $work/ssh_config -o ControlMaster=auto -o ControlPersist=60s" \
    ANSIBLE_SSH_CONTROL_PATH_DIR="$work/cp" ANSIBLE_PYTHON_INTERPRETER=auto_silent \
    inside "$venv/bin/ansible" -i "$project/inventory.ini" -m setup -f "${#hosts[@]}" -l "$limit" all
}

pyinfra_facts() {
  (cd "$work" && inside "$venv/bin/pyinfra" -y --parallel "${#hosts[@]}" inventory.py \
    fact server.LinuxDistribution server.Hostname server.Mounts server.Users rpm.RpmPackages systemd.SystemdStatus)
}

{
  echo 'hosts = ['
  for host in "${hosts[@]}"; do
    echo "    (\"${host#*=}\", {\"ssh_user\": \"$user\", \"ssh_key\": \"$key\", \"ssh_known_hosts_file\": \"$project/known_hosts\", \"_sudo\": True}),"
  done
  echo ']'
} >"$work/inventory.py"

install_peers() {
  [ -x "$venv/bin/ansible" ] && [ -x "$venv/bin/pyinfra" ] && return
  python3 -m venv "$venv" && "$venv/bin/pip" install --quiet ansible-core pyinfra
}

# once NAME: runs it, keeps its time in milliseconds; a failed run is no measurement and ends the bench.
once() {
  local start end
  start=${EPOCHREALTIME/./}
  if ! "$1" >"$work/$1.out" 2>&1; then
    echo "$1 failed:" >&2
    tail -20 "$work/$1.out" >&2
    exit 1
  fi
  end=${EPOCHREALTIME/./}
  echo $(((end - start) / 1000)) >>"$work/$1.ms"
}

middle() { sort -n "$1" | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

names=(rockhop ssh_true)
if install_peers; then names+=(ansible_setup pyinfra_facts); else echo "ansible and pyinfra: NOT MEASURED, they could not be installed" >&2; fi

for name in "${names[@]}"; do once "$name"; done # a warm-up, not counted
rm -f "$work"/*.ms
for _ in $(seq "$rounds"); do for name in "${names[@]}"; do once "$name"; done; done

base=$(middle "$work/ssh_true.ms")
echo "${#hosts[@]} hosts, $rounds rounds, alternating, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg); milliseconds"
printf '%-15s %8s %8s %8s %14s\n' what median least most 'to ssh true'
for name in "${names[@]}"; do
  median=$(middle "$work/$name.ms")
  printf '%-15s %8s %8s %8s %14s\n' "$name" "$median" "$(sort -n "$work/$name.ms" | head -1)" "$(sort -n "$work/$name.ms" | tail -1)" \
    "$(awk -v a="$median" -v b="$base" 'BEGIN { printf "%.2f", a / b }')"
done
grep -v ' 0 unknown$' "$work/rockhop.out" || true
