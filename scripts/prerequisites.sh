#!/bin/sh
# Installs what building and testing need beyond Rust, on Debian. What is there already is left alone.
#
#   scripts/prerequisites.sh [build]
#
# With `build`: only what compiling and a simulated fleet need, which most machines have. What the lab needs it installs itself.
set -eu

missing=
need() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || missing="$missing $2"; }
need cc gcc
need make make
need git git
need ssh-keygen openssh-client
# Its headers; the library comes with it, and is opened when `rockhop installable` asks.
[ -e /usr/include/solv/pool.h ] || missing="$missing libsolv-dev"
if [ "${1:-}" != build ]; then
    need sshd openssh-server
    need restic restic
    need nsenter util-linux
    need dnf dnf
    need rpmbuild rpm
    need createrepo_c createrepo-c
    need xz xz-utils
    need sos sosreport
fi

[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ]; then
    echo "missing:$missing; install them, or run this as root" >&2
    exit 1
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
# shellcheck disable=SC2086
apt-get -qq install -y --no-install-recommends $missing >/dev/null
