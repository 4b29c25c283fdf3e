keep /usr/local/bin/order-report
printf '#!/usr/bin/python2\nprint "orders of the day"\n' >/usr/local/bin/order-report
chmod 755 /usr/local/bin/order-report
