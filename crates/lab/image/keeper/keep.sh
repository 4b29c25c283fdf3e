#!/bin/sh
# Keeps one machine of the lab booted: a reboot inside it comes back, a power-off ends it.
# The lab starts this detached; it outlives its caller. Its arguments come from the lab alone.
#   keep.sh MACHINE NAMESPACE ROOT REPOSITORIES RUN HANG GROUP...
machine=$1 namespace=$2 root=$3 repositories=$4 run=$5 hang=$6
shift 6

exec 9> "$run/$machine.keeper"
flock -n 9 || exit 0 # it is being kept already
for group in "$@"; do echo $$ > "$group/cgroup.procs" || exit 1; done

extra=
[ -r "$run/$machine.nspawn" ] && extra=$(cat "$run/$machine.nspawn")
while :; do
    # shellcheck disable=SC2086 # words on purpose
    SYSTEMD_NSPAWN_API_VFS_WRITABLE=network SYSTEMD_NSPAWN_LOCK=0 systemd-nspawn --quiet --settings=no \
        --directory="$root" --machine="$namespace-$machine" --hostname="$machine" \
        --register=no --keep-unit --link-journal=no --resolv-conf=off --timezone=off \
        --network-namespace-path="/run/netns/$namespace.$machine" --capability=CAP_NET_ADMIN \
        --bind-ro="$repositories:/srv/rockhop-lab" $extra --boot 9>&-
    [ $? = 133 ] || break   # 133: the machine asked for a reboot
    [ -e "$hang" ] && break # the fault reboot-never-returns
done
