ask() { printf '%s\n' "$1" | socat -t 10 - "UNIX-CONNECT:$SOCKET"; }
# field N: this server's column of `show stat`; 5 is its sessions, 18 its status.
field() { ask 'show stat' | awk -F, -v b="$BACKEND" -v s="$SERVER" -v n="$1" '$1 == b && $2 == s { print $n }'; }
set_state() {
    said=$(ask "set server $BACKEND/$SERVER state $1" | tr -d '\n')
    [ -z "$said" ] || die "haproxy: $said"
}
idle() { [ "$(field 5)" = 0 ]; }
drained() { case "$(field 18)" in DRAIN* | MAINT* | DOWN*) ;; *) return 1 ;; esac; }
serves() { case "$(field 18)" in UP | 'UP '*) ;; *) return 1 ;; esac; }
[ -n "$(field 18)" ] || die "haproxy knows no $BACKEND/$SERVER"
