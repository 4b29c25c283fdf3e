rpm -q --whatprovides $WANTED
if rpm -qa --qf '%{RELEASE} %{NAME}\n' | grep -E '\.el7[._ ]|\.el7$'; then die "packages of EL 7 on the new machine"; fi
