answers() {
    said=$(curl -s -m 5 -w '\n%{http_code}' "$URL") || return 1
    code=${said##*"$NL"}
    if [ -n "$STATUS" ]; then [ "$code" = "$STATUS" ] || return 1
    else [ "$code" -ge 200 ] && [ "$code" -lt 400 ] || return 1; fi
    case "${said%"$NL"*}" in *"$TEXT"*) ;; *) return 1 ;; esac
}
NL='
'
code=
wait_until 30 answers || die "$URL does not answer as expected (status $code)"
say "$URL $code"
