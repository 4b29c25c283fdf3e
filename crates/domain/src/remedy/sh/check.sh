# Already so: 0. Something to do: 1. Changed since: 3. Could not look: 4.
if as_left; then say "$FILE is as the remedy leaves it"; exit 0; fi
as_surveyed
still
say "$FILE is as it was surveyed"
exit 1
