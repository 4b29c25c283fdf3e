# What stands before every defect: it runs inside the machine, as root. KEY is the defect's name.
set -eu
BOOK=/var/lib/rockhop-lab/defects/$KEY
mkdir -p "$BOOK"

# Keeps a file as it is, or keeps that there is none, before it is changed. Twice is once.
keep() {
    copy=$BOOK/$(echo "$1" | tr / @)
    [ -e "$copy" ] || [ -e "$copy.none" ] || if [ -e "$1" ]; then cp -a "$1" "$copy"; else : >"$copy.none"; fi
    mkdir -p "${1%/*}"
}
