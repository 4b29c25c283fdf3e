#!/usr/bin/env bash
# How long the question "will these packages install?" takes, beside dnf on the same metadata in the same run.
#
#   bench/solver.sh [ROUNDS] [NAMES]
#
# Makes up a repository of EL9's size (10,000 packages) from a fixed seed; NAMES is a file with real package names, one on
# each line, to use in place of made-up ones. One host wants 450 packages. Rockhop's time is that of the whole program,
# reading the metadata included; dnf's is that of `dnf install --assumeno` into an empty root with its own cache warm.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v dnf >/dev/null || { echo "dnf is not installed: scripts/prerequisites.sh" >&2; exit 1; }

cd "$here"
cargo build --quiet --release -p rockhop-solver --example bench
bench=${CARGO_TARGET_DIR:-$here/target}/release/examples/bench
"$bench" make "$work/repo" ${2:+"$2"}
read -r -a wanted <<<"$("$bench" wanted "$work/repo" 1)"

# dnf ends with 1 when --assumeno answered its question, too: what it printed decides.
with_dnf() {
  dnf --nogpgcheck --setopt=reposdir=/dev/null --setopt=cachedir="$work/cache" --setopt=best=1 --installroot "$work/root" --releasever 9 \
    --repofrompath "made-up,file://$work/repo" --repo made-up --assumeno install "${wanted[@]}" >"$work/dnf.out" 2>&1 || true
  grep -q '^Transaction Summary' "$work/dnf.out" || { tail -20 "$work/dnf.out" >&2; exit 1; }
}

once() {
  local start end
  start=${EPOCHREALTIME/./}
  "${@:2}" >>"$work/$1.out"
  end=${EPOCHREALTIME/./}
  echo $(((end - start) / 1000)) >>"$work/$1.ms"
}

middle() { sort -n "$1" | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

"$bench" one "$work/repo" 1 >/dev/null # a warm-up, not counted
with_dnf
for _ in $(seq "$rounds"); do
  once rockhop "$bench" one "$work/repo" 1
  once dnf with_dnf
done
echo "one host, ${#wanted[@]} packages wanted of 10,000; $rounds rounds, alternating, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg); milliseconds"
printf '%-10s %8s %8s %8s\n' what median least most
for name in rockhop dnf; do
  printf '%-10s %8s %8s %8s\n' "$name" "$(middle "$work/$name.ms")" "$(sort -n "$work/$name.ms" | head -1)" "$(sort -n "$work/$name.ms" | tail -1)"
done
tail -1 "$work/rockhop.out" | awk '{ print "of rockhop: " $2 " ms to read, " $3 " ms to answer; " $4 " packages would be installed" }'
grep -E '^Install ' "$work/dnf.out" | sed 's/^/dnf says: /'
"$bench" fleet "$work/repo" 1000 | awk '{ print "1,000 hosts on the same metadata: " $1 " s, " $2 " MiB at most" }'
