keep /opt/shop/etc/pay.conf
printf 'PAY_HOST=edge-1\nPAY_TLS_VERSION=TLSv1\n' >/opt/shop/etc/pay.conf
