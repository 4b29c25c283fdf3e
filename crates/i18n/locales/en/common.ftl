### Words and sentences every part uses.
### Fluent: one `key = sentence` a line; `{ $name }` stands for a value; a value that is a number can choose a plural.

project = project
fleet = fleet
host = host
role = role
site = site
facts = facts
rule = rule
finding = finding
waiver = waiver
plan = plan
wave = wave
window = change window
gate = gate
step = step
journey = journey
run = run
rehearsal = rehearsal
vault = vault
cutover = cutover
rollback = rollback
incident = incident
ledger = ledger
evidence = evidence
figure = figure
sign-off = sign-off

yes = yes
no = no
unknown = unknown
none = none
next-step = Next: { $what }

count-hosts = { $n ->
    [one] { $n } host
   *[other] { $n } hosts
}
count-waves = { $n ->
    [one] { $n } wave
   *[other] { $n } waves
}
count-findings = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
count-steps = { $n ->
    [one] { $n } step
   *[other] { $n } steps
}
count-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
count-seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}
