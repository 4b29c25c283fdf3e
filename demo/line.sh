# The way of a fleet, command by command, the same for the lab and for the simulated fleet. Sourced by both demos, which
# bring `go` along.

# the_line APPROVER KEY
the_line() {
    go survey
    go assess
    go plan --preproduction
    go rehearse
    go plan
    go plan show
    go approve --as "$1" --key "$2"
    go run
    go survey --after
    go report
    go ledger verify
}
