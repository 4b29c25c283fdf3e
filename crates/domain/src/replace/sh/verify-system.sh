. /etc/os-release
case "$VERSION_ID" in 9 | 9.*) ;; *) die "this is $ID $VERSION_ID" ;; esac
old=$(rpm -qa --qf '%{NAME}-%{VERSION}-%{RELEASE}\n' | grep -E '\.el7([._]|$)' || :)
[ -z "$old" ] || die "packages of EL 7: $old"
say "$PRETTY_NAME, $(rpm -qa | wc -l) packages, none of EL 7"
