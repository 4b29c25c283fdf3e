### What the commands print at run time, and the views of a plan and a run.

label-error = error:{" "}
label-warning = warning:{" "}

## How rockhop ends

exit-well = What was asked for is so.
exit-failed = The tool or its machine could not do it: a full disk, a file without permission, a defect.
exit-blocked = Findings block the migration.
exit-not-approved = The plan is not approved, or it is not the plan that was approved.
exit-stale-facts = Facts are missing, older than the policy allows, or no longer those of the plan.
exit-hosts-failed = At least one host was rolled back or waits for a person.
exit-stopped = A stop rule ended the campaign before its end.
exit-evidence = The ledger, a piece of evidence or a backup does not verify.
exit-untrusted = A host shows another key than the one on record, or refused the login.
exit-busy = Another controller is at work on this project.
exit-incomplete = Some hosts could not be reached or read; what could be done was done.
exit-unfinished = Nothing failed, and something is left: a paused run, a closed window, records not signed yet.
exit-usage = The command line was not understood.
exit-no-lab = The lab cannot stand on this machine: it needs root, namespaces and containers.
exit-config = rockhop.toml, the inventory or another file of the project is not as it should be.
exit-interrupted = Stopped by Ctrl-C.

man-written = { $n ->
    [one] { $n } manual page written to { $dir }
   *[other] { $n } manual pages written to { $dir }
}

## Words of the views

view-plan = plan { $digest }
view-wave = wave { $no } { $name }
view-elapsed = elapsed { $time }
view-left = about { $time } left, over at { $at }
view-left-unmeasured = time left unknown: nobody measured a host like { $host }
view-left-never = { $host } fits into none of its windows
view-rate = { $n } hosts/h
view-services = services: { $away ->
    [0] all { $all } answer
   *[other] { $away } of { $all } away
}
view-paused = PAUSED by { $by }: no host begins; those on their way wait where it is safe (p goes on)
view-stopped = STOPPED: { $rule }
view-ended = ENDED: this run does nothing more by itself
view-keys = q leave   p pause or go on   up/down scroll
view-troubles = Trouble on { $n ->
    [one] { $n } host
   *[other] { $n } hosts
}
view-more = … { $above } lines above, { $below } below
view-waves-hidden = { $n ->
    [one] and { $n } more wave
   *[other] and { $n } more waves
}
view-attempt = try { $n }
view-count-accepted = { $n } accepted
view-count-moving = { $n } in motion
view-count-rolling-back = { $n } rolling back
view-count-rolled-back = { $n } rolled back
view-count-held = { $n } held
view-count-waiting = { $n } waiting

view-phase-waiting = waiting
view-phase-securing = securing
view-phase-moving = moving
view-phase-accepted = accepted
view-phase-rolling-back = rolling back
view-phase-rolled-back = rolled back
view-phase-held = held

view-stage-secure = secure
view-stage-build = build
view-stage-carry = carry
view-stage-cutover = cutover
view-stage-prove = prove
view-stage-accept = accept

view-place-old = on the old host
view-place-new = on the new host
view-side-old = the old host
view-side-new = the new host
view-place-controller = on Rockhop's machine

view-wait-paused = the run is paused
view-wait-budget = the campaign was stopped
view-wait-dependency = wave { $value } is not done
view-wait-canary = the wave's first host, { $value }, is not accepted yet
view-wait-order = { $value } has to be accepted first
view-wait-lock = { $value }, of its pair, is in motion
view-wait-role-limit = as many of its role are away as allowed ({ $value })
view-wait-fleet-limit = as many hosts are in motion as allowed ({ $value })
view-wait-window = the window opens at { $value }
view-wait-window-never = its window does not open again
view-wait-cutoff = too late to be done before the window closes at { $value }
view-wait-stale-facts = its facts are too old; survey again
view-wait-gate = gate { $value } is closed
view-wait-approval = the plan is not approved

view-service-up = up
view-service-down = DOWN
view-service-unknown = could not be asked

view-environment-production = production
view-environment-preproduction = preproduction
view-scenery-lab = LAB
view-scenery-simulated = SIMULATED
mark-simulated = SIMULATED: no host was touched

view-fault = { $class }: { $what }
view-fault-said = { $class }: { $what } It said: { $said }
view-fault-failed = failed
view-fault-unreachable = unreachable
view-fault-unknown = not understood
view-fault-timed-out = timed out
view-fault-stale = changed since the survey
view-fault-untrusted = not trusted

## One line an event

event-surveyed = surveyed; { $unknown ->
    [0] everything was read
    [one] { $unknown } item could not be read
   *[other] { $unknown } items could not be read
}
event-census-taken = counted beside its packages; { $unknown ->
    [0] everything was read
    [one] { $unknown } section could not be read
   *[other] { $unknown } sections could not be read
}
event-assessed = assessed: { $blocks } block, { $warns } warn, { $unknown } could not be looked at
event-planned = plan { $plan } made by { $by } for { $hosts ->
    [one] { $hosts } host
   *[other] { $hosts } hosts
}
event-approved = plan { $plan } approved by { $by } with key { $key }
event-run-started = run of plan { $plan } started by { $by }
event-run-resumed = run taken up again; { $n ->
    [one] { $n } host was in motion
   *[other] { $n } hosts were in motion
}
event-run-paused = paused by { $by }
event-run-unpaused = { $by } lets it go on
event-run-stopped = stopped: { $rule }
event-run-ended = run ended: { $accepted } accepted, { $rolled } rolled back, { $held } held, { $waiting } not begun
event-wave-started = { $wave } begins
event-wave-ended = { $wave } is done
event-waiting = waits: { $why }
event-begun = begins, { $wave }
event-step-started = { $step } { $id }: { $what } (try { $attempt })
event-step-adopted = step { $step }: its job of try { $attempt } was found on the host and taken over
event-step-finished = { $step } { $id } done in { $took }
event-step-failed = { $step } { $id } try { $attempt } after { $took }: { $why }
event-backed-up = backup { $snapshot } taken
event-backup-proven = backup { $snapshot } proven in { $took }: { $files } files read back and compared
event-machine-made = new machine at { $address }
event-rollback-asked = rollback asked by { $by }: { $why }
event-undo-started = takes back { $step } { $id }: { $what }
event-undo-finished = { $step } { $id } taken back in { $took }
event-undo-failed = { $step } { $id } could not be taken back: { $why }
event-salvaged = written since cutover: { $written } (kept in { $kept })
event-retry-asked = { $by } asks to try again
event-service-changed = service { $service } is { $state }
event-gate-open = gate { $gate } is open
event-gate-closed = gate { $gate } is closed: { $why }
event-gate-unknown = gate { $gate } could not be asked, so it counts as closed: { $why }
event-measured = { $metric } of { $subject }: { $value } { $unit } ({ $n } samples)
event-noted = { $by }: { $text }
event-other = something this version has no words for

## A plan for its reader

show-made = made { $at }
show-limit-parallel = { $n } at a time
show-limit-away = at most { $n } away
show-limit-budget = stops after more than { $n } failed
show-limit-facts = facts at most { $time } old
show-limit-reserve = { $time } kept for a rollback
show-on-failure-rollback = a host that fails is rolled back
show-on-failure-hold = a host that fails is held for a person
show-window = window: { $days } { $start }-{ $end } { $zone }, no start in the last { $cutoff } minutes
show-window-none = no window: may begin at any time
show-freeze = frozen { $from } to { $to }: { $reason }
show-day-mon = Mon
show-day-tue = Tue
show-day-wed = Wed
show-day-thu = Thu
show-day-fri = Fri
show-day-sat = Sat
show-day-sun = Sun
show-canary = goes first, alone
show-forecast = takes { $takes }, service away { $away }
show-forecast-none = duration not measured
show-head-order = Why in this order
show-head-gates = What has to be well
show-gate = { $gate }: { $question } · { $when } · { $roles }
show-gate-alerts = no active alert in { $url }
show-gate-query = { $query } is { $limits }, asked of { $url }
show-gate-at-most = at most { $limit }
show-gate-at-least = at least { $limit }
show-gate-and = { $first } and { $second }
show-gate-service = { $services } answer
show-gate-command = this program on this machine ends with 0: { $command }
show-gate-from = { $url } (from { $host })
show-gate-before = before a host starts
show-gate-soak = during the soak
show-gate-after = before acceptance
show-gate-all-hosts = all hosts
show-gate-roles = hosts of { $roles }
show-constraint = { $first } before { $then }: { $why }
show-head-no-return = Points of no return
show-no-return = { $host }: after step { $step } ({ $what }) a rollback loses: { $loses }
show-no-return-none = none, a rollback loses nothing at any step: { $host }
show-head-picture = When
show-facts = from facts { $digest } read { $at }
show-only-after = begins only when { $hosts } is accepted
show-packages = packages: { $keeps } keep their name, { $replaced } replaced, { $comes } come with the new system, { $removed } not installed, { $unknown } unknown
show-apart = never together with { $hosts }
show-point-of-no-return = POINT OF NO RETURN
show-outage-begins = the service goes away here
show-outage-ends = the service is back after this
show-step-limits = at most { $time }, { $retries ->
    [0] no retry
    [one] { $retries } retry
   *[other] { $retries } retries
}
show-script-check = check (already so?)
show-script-apply = apply
show-script-verify = verify
show-script-look = look, again and again
show-script-undo = undo
show-backup-paths = paths: { $paths }
show-backup-exclude = left out: { $paths }
show-backup-volatile = may change while it is copied: { $paths }
show-backup-dump = dump { $name }
show-machine = { $os }, at least { $cpus } CPU, { $memory } memory, { $disk } disk
show-power-on = switch on { $machine }
show-power-off = switch off { $machine }
show-soak = for { $time }
show-undo-nothing = undo: nothing to take back
show-undo-set-aside = undo: the new machine is stopped and kept aside
show-undo-power = undo: { $what }
show-rollback-check = after a rollback this must succeed
show-rollback-salvage = before a rollback the new host is asked what was written

picture-time = from { $from } to { $to } if it began now ({ $takes }, waiting for windows included)
picture-order = Order only: nobody measured a host like { $host } yet. Rehearse, and the picture shows time.
picture-never = Order only: { $host } fits into none of its windows.
show-svg-written = picture written to { $path }

## Requests to a run

control-pause = pause
control-resume = go on
control-rollback = rollback
control-retry = try again
control-left = Asked the run at work: { $verb }. It answers within seconds; `rockhop status` shows it.
control-left-for-later = Kept for the next run: { $verb }. No run is at work on this project now.

## Evidence

verify-evidence-whole = { $n ->
    [0] The ledger names no evidence yet.
    [one] { $n } piece of evidence was read and is what its name says.
   *[other] { $n } pieces of evidence were read and are what their names say.
}
verify-evidence-broken = { $n } of { $all } pieces of evidence are not what the ledger says
verify-evidence-broken-next = Restore .rockhop/evidence from a copy. Until then no figure that rests on them is proven.

## Survey and assessment

survey-host = { $os }, { $packages } packages, { $unknown ->
    [0] everything read
    [one] { $unknown } item not read
   *[other] { $unknown } items not read
}
survey-done = { $read ->
    [one] { $read } host read
   *[other] { $read } hosts read
}, { $failed } not

rules-counted = { $n ->
    [one] 1 rule
   *[other] { $n } rules
}
assess-blocks = BLOCKS
assess-warns = WARNS
assess-informs = INFORMS
assess-raised = raised by policy; by itself it { $own }
assess-waived = WAIVED
assess-remedy = remedy: { $what }
assess-waived-by = waived by { $owner } until { $until }: { $reason }
assess-could-not-look = could not look: { $why }
assess-waiver-expired = the waiver of { $rule } by { $owner } has expired and hides nothing any more
assess-readiness = { $hosts } hosts: { $ready } ready, { $remedies } after remedies, { $unknown } not known well enough, { $blocked } blocked, { $arrived } on EL 9 already
assess-totals = { $blocks } block, { $warns } warn, { $unknown } could not be looked at, { $waived } waived
assess-more-hosts = and { $n } more
assess-not-known-hosts = Not known well enough: { $hosts }. Nothing that was found blocks; rules that block could not look. Survey again, or have those rules waived by name
assess-blocked-hosts = Blocked: { $hosts }
assess-archive-hosts = Judged by an archive of another tool, to be surveyed before a plan: { $hosts }

## The lab

lab-started = { $what } ...
lab-finished = { $what }: done in { $took }
lab-already-so = { $what }: already so
lab-is-up = The lab is up: { $n ->
    [one] { $n } host
   *[other] { $n } hosts
} in { $took }.
lab-is-down = The lab is down.
lab-next = Next: rockhop -C { $dir } survey
lab-next-own-project = The project file in { $dir } is kept as it is. Next: rockhop -C { $dir } survey
lab-simulated-ready = A simulated fleet is written down: { $n } hosts that exist in memory only. Nothing here will connect to anything.
lab-simulated-kept = The simulated project in { $dir } is kept as it is.
lab-broken = { $target } is broken: { $fault }
lab-planted = { $target } has a defect: { $defect }; the rule { $rule } has to find it
lab-uprooted = { $target } has it no more: { $defect }
lab-mended = { $target } is mended: { $fault }
lab-status-up = The lab { $namespace } is up, { $subnet }.
lab-status-down = The lab { $namespace } is down.

## Plans

plan-made = Plan { $plan } is made: { $hosts ->
    [one] { $hosts } host
   *[other] { $hosts } hosts
} in { $waves ->
    [one] { $waves } wave
   *[other] { $waves } waves
}.
plan-made-next = Next: read it with `rockhop plan show`, then have it signed with `rockhop approve`.
plan-made-next-rehearse = Next: read it with `rockhop plan show`, then `rockhop rehearse`.
diff-same = The two plans do the same.
diff-added = Only the second moves: { $hosts }
diff-removed = Only the first moves: { $hosts }
diff-other-wave = { $host } goes in wave { $after } in place of { $before }
diff-policy = Limits
diff-services = Watched services
diff-gates = Gates
diff-steps-added = steps only in the second: { $steps }
diff-steps-removed = steps only in the first: { $steps }
diff-reordered = common steps come in another order
diff-rest = way back, address, notes

# survey, approve, rehearse, run
survey-host-read = { $host }: { $packages } packages, { $unknown } unknown
survey-host-failed = { $host }: { $why }
approve-done = { $by } approved plan { $plan } with key { $key }.
rehearse-drill = The journey is done. Now the way back: every host is rolled back.
rehearse-drill-done = { $back } of { $hosts } old hosts serve again.
run-done = { $accepted } accepted, { $rolledback } rolled back, { $held } held, { $left } not begun ({ $run }).
run-host-back = { $host }: { $why }

## Project, report, vault

init-written = written: { $path }
init-kept = kept as it is: { $path }
init-next = Next: change rockhop.toml and inventory.ini to yours, then run `rockhop survey`.
report-contradictions = { $n ->
    [one] one figure of the report contradicts another; the report says which
   *[other] { $n } figures of the report contradict others; the report says which
}
report-ledger-broken = the ledger does not verify; the report says so on its first page
report-no-pdf = rockhop.toml asks for a PDF: print the HTML page, it is laid out for A4
report-no-docx = rockhop.toml asks for DOCX, which this version does not write
vault-verified = Every byte of every backup in { $path } was read and is what its hash says ({ $took }).

run-goes-on = The run goes on; Ctrl-C stops the controller, and `rockhop run` takes it up again where its hosts stand.
survey-script-written = { $path } is written. Run it on the host as root, and bring what it prints:
    sh { $name } >HOST.survey
  Then: rockhop survey import HOST.survey
error-survey-name = { $path } does not say of which host it is.
error-survey-name-next = Name the file after its host, HOST.survey, or write HOST={ $path }.
error-survey-big = { $path } is larger than a survey can be ({ $limit } MiB).
error-survey-file = { $path } is not taken.
error-survey-future = { $host } says that it was surveyed at { $at }, which is still to come.
error-survey-future-next = Set the host's clock, and survey it again.
error-survey-older = { $host }: newer facts are known, of { $known }; these are of { $at }.
error-import-simulated = This project's hosts are simulated; there is no machine whose survey could be imported.
error-import-twice = { $host } is in two of the files; { $path } is the second.
error-import-one-host = --host names the host of one file; write HOST=FILE for each of several.
error-import-host-unknown = { $path } is of a host that calls itself "{ $told }"; the project has none of that name.
error-import-host-ambiguous = { $path } is of a host that calls itself "{ $told }"; several hosts of the project could be meant.
error-import-host-next = Name the host: --host HOST, or HOST={ $path }.

## Whether packages install
installable-yes =
    { $wanted ->
        [one] { $wanted } wish installs,
       *[other] { $wanted } wishes install,
    } as { $packages } { $packages ->
        [one] package
       *[other] packages
    } in all.
installable-security =
    { $carried ->
        [one] { $carried } security advisory is
       *[other] { $carried } security advisories are
    } carried by these packages. The newest advisory in the copies is { $newest } of { $issued }; what came out later is not in them.
installable-no = Not all of it installs: { $failing } of { $wanted } cannot be met; { $others } would install without { $failing ->
        [one] it
       *[other] them
    }.
installable-older = With older versions all of it would install: `dnf install --nobest`. Rocky 9 wants the newest by default.
installable-loaded = { $packages } packages in { $repositories } { $repositories ->
        [one] repository
       *[other] repositories
    }, read and judged in { $took } ms by libsolv { $libsolv }.
installable-no-libsolv = Whether packages install is decided by libsolv, dnf's own solver, and this machine has none that can be used: { $why }.
installable-no-libsolv-next = Next: install it (EL9: dnf install libsolv; Debian and Ubuntu: apt install libsolv1), or ask on a machine that has dnf.
installable-host-yes = { $host }: all { $wanted } packages install, { $packages } with what comes along.
installable-host-no = { $host }: { $failing } of { $wanted } packages do not install.
installable-host-not-known = { $host }: not known. { $why }
installable-never-surveyed = It was never surveyed; run `rockhop survey`.
installable-no-repositories = No repository that is on is declared for { $host }, so nothing says what its successor installs from.
installable-no-repositories-next = Next: declare it under [[repositories]] in rockhop.toml, with metadata = "FOLDER"; or name folders with --repo.
installable-no-metadata = Of repositories that { $host } installs from there is no copy of the metadata: { $repositories }. An answer from the others would be no answer.
installable-no-metadata-next = Next: copy their repodata here and write metadata = "FOLDER" into their rows in rockhop.toml; or name folders with --repo.
installable-comes = { $package }  from { $repository }

installable-nothing-wanted = No package is named: neither on the command line nor in { $file }.
installable-nothing-wanted-next = Next: name packages, or give a list with --names-from FILE (- for standard input).
installable-names-file = The list of names { $file } cannot be read: { $why }.
installable-names-line = { $file }:{ $line }: more than one word: { $text }
installable-names-line-next = Next: put one package on each line; what follows # is a comment.
