ready() { curl -fsS -m 5 -o /dev/null "$URL"; }
wait_until 60 ready || die "$URL does not answer"
say "$URL answers"
