# The package was built and signed on the lab's machine. This rpm checks no signature, as CentOS 7's did not mind SHA-1.
rpm -q oldtool >/dev/null || rpm -i --nosignature --nodigest /var/lib/rockhop-lab/oldtool.rpm
printf '#!/bin/sh\nrpm -q oldtool >/dev/null || exit 0\nrpm -e oldtool\n' >"$BOOK/undo"
chmod 755 "$BOOK/undo"
