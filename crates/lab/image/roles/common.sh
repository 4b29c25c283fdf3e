# Said before every role's script, inside the root of the host that is being made.
#   HOST NET FACE OCTET TIER REPLICA_OF STAGE REPOSITORIES come from the lab.

# Hosts of the same tier reach each other by these addresses.
if [ "$TIER" = production ]; then
    MON=$NET.0.11 CACHE=$NET.0.21 DB=$NET.0.41 MARIA=$NET.0.43
else
    MON=$NET.0.111 CACHE=$NET.0.121 DB=$NET.0.141 MARIA=
fi
REDIS_PASSWORD=lab-Redis-7f3a
SHOP_DB_PASSWORD=lab-Shop-51c9
REPLICATION_PASSWORD=lab-Repl-c0d2

# install NAME...: the packages of the face's repositories, in the order given.
install_packages() {
    files=
    for name in "$@"; do
        found=$(find "$REPOSITORIES/$FACE" -name "$name-[0-9]*.rpm" | head -n 1)
        [ -n "$found" ] || { echo "no package $name for $FACE" >&2; exit 1; }
        files="$files $found"
    done
    rpm --install $files
}

# allow PORT...: one more open port in the EL7 firewall.
allow() {
    [ "$FACE" = el7 ] || return 0
    for port in "$@"; do
        sed -i "/--dport 22 /a -A INPUT -p tcp -m state --state NEW -m tcp --dport $port -j ACCEPT" /etc/sysconfig/iptables
    done
}
