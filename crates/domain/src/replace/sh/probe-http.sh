answers() { code=$(curl -s -m 5 -o /dev/null -w '%{http_code}' "$URL") && [ "$code" -ge 200 ] && [ "$code" -lt 400 ]; }
wait_until 30 answers || die "$URL answers $code"
say "$URL $code"
