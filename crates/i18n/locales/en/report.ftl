### The execution report: figures, chapters, evidence.

report-title = Execution report
report-title-rehearsal = Rehearsal report
report-title-plain = { $kind }: { $project }
report-title-marked = { $kind } ({ $word }): { $project }
report-word-lab = lab report
report-word-simulated = simulated
report-marking-lab = Lab report: the hosts are lab machines. Kernel and libraries are stage scenery; nothing here was measured in production.
report-marking-simulated = Simulated: the fleet exists in memory only. No figure here was measured on a machine.
report-foot = { $project } · execution report, version { $version } · classification: { $class }
report-contents = Contents
report-organisation = Organisation
report-status = Status
report-run = Run
report-made-at = Report made at
report-version = Version of the report
report-environment = Environment
report-environment-production = production
report-environment-preproduction = rehearsal (preproduction)
report-machines = Machines
report-scenery-real = real machines
report-scenery-lab = lab machines
report-scenery-simulated = simulated
report-plan = Plan
report-started = Began
report-ended = Ended
report-contacts = Contacts
report-contact = { $name } ({ $role })
report-total = Total
report-total-of = Total, { $what }
report-hours = person-hours
report-open = open
report-not-measured = not measured
report-not-given = not given
report-not-reached = not reached
report-list-comma = ,{" "}
report-colon = :{" "}
report-list-semicolon = ;{" "}

report-time-ms = { $ms } ms
report-time-s = { $s } s
report-time-min = { $min } min { $s } s
report-time-h = { $h } h { $min } min
report-time-d = { $d } d { $h } h
report-time-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
report-time-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
report-time-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
report-unit-points = { $n } pp
report-unit-person-hours = { $n } person-hours

report-chapter-overview = Overview and status
report-chapter-record = Execution record
report-chapter-measures = Technical measures
report-chapter-incidents = Incidents and lessons
report-chapter-cost = Cost and benefit
report-chapter-ahead = Monitoring and maintenance ahead
report-chapter-summary = Summary
report-chapter-control = Sign-off and document control
report-chapter-evidence = Appendix: evidence

report-no-run = The ledger holds no run yet, so there is nothing to report here.

## Status

report-status-complete = complete
report-status-complete-with-exceptions = complete with exceptions
report-status-stopped = stopped
report-status-in-progress = in progress
report-says-not-begun = No run has begun. No host has been moved.
report-says-complete = All { $planned } planned hosts run Rocky Linux 9 and are accepted. No incident is open.
report-says-complete-with-exceptions = The run has ended. Of { $planned } planned hosts, { $accepted } run Rocky Linux 9 and are accepted; { $back } rolled back, { $held } held, { $waiting } not begun. What stands against “complete” is listed by name.
report-says-stopped = The run was stopped or ended without its goal. Of { $planned } planned hosts, { $accepted } are accepted; { $back } rolled back, { $held } held, { $waiting } not begun.
report-says-in-progress = The run has not ended. Of { $planned } planned hosts, { $accepted } are accepted so far; { $moving } in motion, { $back } rolled back, { $held } held, { $waiting } not begun.
report-no-exceptions = Nothing speaks against this status: every planned host is accepted, the downtime of every service was measured, no incident is open, and the ledger is whole.
report-audit-failed = This report failed its own audit. The figures below contradict each other; the report must not be signed before the cause is found.
report-must-not-sign = Do not sign: this report failed its own audit (see chapter 1).

report-card-accepted = Hosts accepted
report-card-of-planned = of { $n } planned
report-card-rate = Success rate
report-card-rate-below = accepted of planned
report-card-downtime = Longest downtime of a service
report-card-upper = {" "}· upper bound
report-card-unmeasured = { $n ->
    [one] { $n } service not measured
   *[other] { $n } services not measured
}
report-card-incidents = Incidents
report-card-open = { $n } open
report-card-backups = Backups proven
report-card-read-back = {" "}read back in full
report-card-length = Length of the run
report-card-length-below = first to last row

report-section-exceptions = What speaks against “complete”
report-section-scope = Scope
report-section-reading = How to read this report
report-reading-links = Every number carries a small link to the evidence that it was computed from: L is a row of the ledger, E a set of rows, P a plan, F the facts of a host, PF the project file. All of them are listed in the appendix.
report-reading-missing = What was not measured says so, with the reason. No gap is filled with an estimate.
report-reading-points = Differences between two percentages are in percentage points (pp), never in percent.
report-reading-clock = All times are { $clock }.

report-exception-rolled-back = { $n ->
    [one] { $n } host was rolled back and runs CentOS 7: { $hosts }
   *[other] { $n } hosts were rolled back and run CentOS 7: { $hosts }
}
report-exception-held = { $n ->
    [one] { $n } host is held and waits for a person: { $hosts }
   *[other] { $n } hosts are held and wait for a person: { $hosts }
}
report-exception-in-motion = { $n ->
    [one] { $n } host is in motion: { $hosts }
   *[other] { $n } hosts are in motion: { $hosts }
}
report-exception-not-begun = { $n ->
    [one] { $n } host has not begun: { $hosts }
   *[other] { $n } hosts have not begun: { $hosts }
}
report-exception-unmeasured = { $n ->
    [one] The downtime of { $n } service was not measured: { $services }
   *[other] The downtime of { $n } services was not measured: { $services }
}
report-exception-still-away = { $n ->
    [one] { $n } service was still away at the end of the record: { $services }
   *[other] { $n } services were still away at the end of the record: { $services }
}
report-exception-promise = { $n ->
    [one] { $n } service broke its promised availability: { $services }
   *[other] { $n } services broke their promised availability: { $services }
}
report-exception-open = { $n ->
    [one] { $n } incident is open
   *[other] { $n } incidents are open
}
report-exception-regressed = { $metric } of { $subject } regressed
report-exception-lost = { $metric } of { $subject } is not zero: data was lost
report-exception-ledger-broken = The ledger's chain breaks at row { $seq }
report-exception-ledger-not-checked = The ledger's chain was not checked

## Execution record

report-section-milestones = Milestones, planned against actual
report-section-stages = The three stages
report-section-roles = By role
report-section-waves = By wave
report-section-hosts = By host
report-section-backups = Backups
report-section-approvals = Approvals
report-stage-preparation = Preparation
report-no-rehearsal = The ledger holds no rehearsal.
report-no-approvals = The plan that ran was not signed by anybody.
report-hosts-note = Times of day; the dates stand in the wave table. “By steps” runs from the step that takes the service away to the verified step that brings it back. “By prober” is the upper bound seen from outside; it exists only for hosts that serve a service alone.
report-backups-sum = { $n } backups were read back in full and compared with their hosts: { $files } files, { $bytes }.

report-milestone-surveyed = Fleet surveyed
report-milestone-assessed = Assessment
report-milestone-planned = Plan made
report-milestone-approved = Plan approved
report-milestone-rehearsed = Rehearsal ended
report-milestone-started = Run began
report-milestone-wave = Wave ended:{" "}
report-milestone-ended = Run ended

report-prepared-surveyed = hosts surveyed
report-prepared-unread = items not readable
report-prepared-blocks = blocking findings
report-prepared-warns = warnings
report-prepared-unknown = rules that could not look
report-ran-planned = planned
report-ran-accepted = accepted
report-ran-failed = rolled back or held
report-ran-length = took

report-end-accepted = accepted
report-end-rolled-back = rolled back
report-end-held = held
report-end-in-motion = in motion
report-end-not-begun = not begun

report-col-milestone = Milestone
report-col-planned = Planned
report-col-actual = Actual
report-col-deviation = Deviation (+ late)
report-col-stage = Stage
report-col-began = Began
report-col-ended = Ended
report-col-result = Result
report-col-role = Role
report-col-succeeded = Succeeded
report-col-failed = Rolled back
report-col-held = Held
report-col-open = Open
report-col-retried = Of these, after a retry
report-col-rate = Rate
report-col-wave = Wave
report-col-took = Took
report-col-host = Host
report-col-end = Outcome
report-col-begun = Begun
report-col-proven = Backup proven
report-col-cutover = Cutover
report-col-settled = Settled
report-col-forecast = Forecast
report-col-by-steps = Away, by steps
report-col-by-prober = Away, by prober
report-col-snapshot = Snapshot
report-col-files = Files
report-col-bytes = Size
report-col-read-back = Read back
report-col-compared = Compared files
report-col-who = Who
report-col-key = Key
report-col-plan = Plan
report-col-when = When

## Technical measures

report-section-performance = Performance, before and after
report-section-security = Security, before and after
report-section-availability = Downtime and availability
report-section-outages = Each outage
report-section-readings = Further measurements
report-performance-note = Before is CentOS 7, after is Rocky Linux 9; medians of the recorded values. A verdict needs { $needed } values on each side: it is “equivalent” when the 95% interval of the shift lies within { $margin }% of the value before, “improved” or “regressed” when it lies wholly beyond, else “inconclusive”.
report-interval = 95% interval
report-verdict-improved = improved
report-verdict-equivalent = equivalent
report-verdict-regressed = regressed
report-verdict-inconclusive = inconclusive
report-verdict-not-measured = not measured
report-scenery-note = On these machines the following is stage scenery: { $parts }. Its versions say nothing about real machines.
report-supported-hosts = Hosts whose system its vendor supports today
report-hosts-read = Hosts whose facts were read
report-support-until = until { $day }
report-support-ended = ended { $day }
report-support-unknown = not known
report-vulnerabilities-fixed = Fixed, with evidence for each
report-vulnerabilities-unknown = Gone from the list without evidence (not counted as fixed)
report-vulnerabilities-introduced = Introduced
report-vulnerabilities-remaining = Remaining
report-no-services = The plan names no service, so the prober watched none. Downtime was not measured.
report-downtime-note-bounds = An outage lasted at least from the first failed to the last failed look, and at most from the last good look to the next good one. The upper bound is the published figure.
report-downtime-note-limit = Outages shorter than the detection limit are invisible. Time in which nobody could look is shown as “not observed” and counts as downtime where a promise is judged.
report-availability-note = Availability covers the length of the run; nothing is excluded, planned cutovers least of all. The promise is judged by the downtime that it allows in { $days } days; what happens in the rest of that time is not in this ledger.
report-promise-kept = within budget
report-promise-broken = over budget
report-promise-not-shown = not shown
report-promise-not-judged = not judged
report-explained-by = move of{" "}
report-unexplained = no move explains it
report-still-away = still away
report-period-before = before
report-period-during = during
report-period-after = after

report-metric-latency = Latency
report-metric-probes-asked = Probes sent
report-metric-probes-answered = Probes answered
report-col-metric = Metric
report-col-subject = Of
report-col-before = Before
report-col-after = After
report-col-delta = Difference
report-col-relative = Relative
report-col-samples = Samples
report-col-verdict = Verdict
report-col-what = What
report-col-period = Period
report-col-system = System
report-col-support = Vendor support
report-col-hosts = Hosts
report-col-kernel = Kernel
report-col-openssl = OpenSSL
report-col-openssh = OpenSSH
report-col-packages = Packages
report-col-vulnerabilities = Vulnerabilities
report-col-count = Count
report-col-service = Service
report-col-probes = Probes
report-col-outages = Outages
report-col-upper = Downtime, at most
report-col-lower = At least
report-col-unobserved = Not observed
report-col-limit = Detection limit
report-col-observed = Observed for
report-col-availability-low = Availability, at least
report-col-availability-high = At most
report-col-promised = Promised
report-col-budget-used = Budget used, at most
report-col-promise = Promise
report-col-first-fail = First seen away
report-col-first-ok = Seen back
report-col-explained = Explained by
report-col-value = Value

## Incidents

report-section-causes = Causes
report-section-gates = Gates
report-gates-note = A gate is asked only when a host could go on but for it. From the row that closes it to the next row it was never seen open.
report-gate-closed = closed
report-gate-unknown = could not be asked
report-why-gate-not-asked = never asked: no host came so far
report-section-lessons = Lessons
report-section-remarks = Remarks in the ledger
report-incidents-none = The ledger records no incident in this run.
report-incidents-sum = { $n ->
    [one] The run had { $n } incident; { $open } open.
   *[other] The run had { $n } incidents; { $open } open.
}
report-severity-minor = minor
report-severity-major = major
report-severity-critical = critical
report-subject-controller = controller
report-subject-campaign = whole run
report-remedy-none = none yet
report-remedy-retried = try { $n } worked
report-remedy-rolled-back = rolled back; the old host serves again
report-remedy-operator = put right by { $name }
report-remedy-resumed = { $n ->
    [0] run resumed from the ledger
    [one] run resumed from the ledger; { $n } running job taken over
   *[other] run resumed from the ledger; { $n } running jobs taken over
}
report-remedy-came-back = came back by itself
report-remedy-ended = the run ended there
report-at-step = Step:{" "}
report-host-said = The host's last words:{" "}
report-cause-controller-away = The controller was away at some time between these two rows. Steps that were already running went on, nothing new was begun, and nobody watched the services.
report-cause-stopped = The run was stopped.
report-cause-unexplained-outage = { $service } was away although none of its hosts was in its cutover.
report-lesson-step-healed = { $n ->
    [one] Step { $step } failed on { $n } host and worked when repeated. Find out why the first try failed before the next wave relies on retries.
   *[other] Step { $step } failed on { $n } hosts and worked when repeated. Find out why the first tries failed before the next wave relies on retries.
}
report-lesson-step-failed = { $n ->
    [one] Step { $step } failed for good on { $n } host. Turn its cause into an assessment rule, so that the next plan blocks on it.
   *[other] Step { $step } failed for good on { $n } hosts. Turn its cause into an assessment rule, so that the next plan blocks on it.
}
report-lesson-resumed = The run went on from the ledger after the controller had been away. Keep the controller on a machine that stays up; while it is away, services are not watched.
report-lesson-rolled-back = { $n ->
    [one] The way back was used once and worked. Plan the host again once its cause is removed.
   *[other] The way back was used { $n } times and worked. Plan the hosts again once their causes are removed.
}
report-lesson-unexplained = { $n ->
    [one] { $n } outage is explained by no move. Look for a dependency that the plan does not know.
   *[other] { $n } outages are explained by no move. Look for a dependency that the plan does not know.
}
report-lesson-stopped = The stop rule ended the run before more hosts could fail. Remove the causes before a new plan is approved.
report-lesson-open = { $n ->
    [one] { $n } incident is open and needs an owner before sign-off.
   *[other] { $n } incidents are open and need an owner before sign-off.
}
report-lessons-none = No incident, so no lesson from one.

report-col-no = No.
report-col-opened = Opened
report-col-severity = Severity
report-col-where = Where
report-col-tries = Failed tries
report-col-remedy = Remedy
report-col-gate = Gate
report-col-times-shut = Times not open
report-col-gate-state = State
report-col-gate-from = Since
report-col-gate-to = Until
report-col-lasted = For
report-col-cause = Reason
report-col-closed = Closed
report-col-time-to-fix = Time to fix
report-col-remark = Remark

## Cost

report-cost-note = The figures of this chapter are stated in the project file; Rockhop does not measure them.
report-no-budget = The project file states no budget. Cost was not measured.
report-section-benefits = Benefits and return
report-first-year-return = Return in the first year
report-col-item = Item
report-col-budget = Budget
report-col-actual-cost = Actual
report-col-difference = Difference
report-col-used = Used
report-col-benefit = Benefit
report-col-yearly = A year

## Ahead

report-section-open-work = Open work
report-section-maintenance = Maintenance calendar
report-section-watch = What the weekly look must cover
report-open-work-none = Nothing is open.
report-work-run = Carry out the approved plan.
report-work-remaining = { $n ->
    [one] { $n } host has not reached Rocky Linux 9: { $hosts }. Remove the cause, plan and approve it again.
   *[other] { $n } hosts have not reached Rocky Linux 9: { $hosts }. Remove the causes, plan and approve them again.
}
report-work-kept = { $n ->
    [one] { $n } old machine is kept, stopped and untouched, as the way back. Decide on a date for its retirement.
   *[other] { $n } old machines are kept, stopped and untouched, as the way back. Decide on a date for their retirement.
}
report-work-vulnerabilities = Scan for vulnerabilities: this report has no comparison, so nothing may be said about vulnerabilities fixed.
report-work-latency = { $n ->
    [one] { $n } comparison has no verdict. Record latency on more days before relying on it.
   *[other] { $n } comparisons have no verdict. Record latency on more days before relying on them.
}
report-work-support = Vendor support of the first of the new systems ends on { $day }. Put the next move on the calendar.
report-no-maintenance = The project file names no regular maintenance. Without it nobody owns updates and restore drills.
report-watch-drift = Configuration drift on the new hosts, against the state that was accepted.
report-watch-sources = The age of the update source: a source that is empty or stale must raise an alarm, not show zero updates.
report-watch-promise = Downtime used against the promise, service by service.
report-col-task = Task
report-col-every = How often

## Summary

report-section-gaps = What this report does not know
report-section-baseline = Beside an earlier project
report-sum-backups = { $n } of { $planned } hosts had a backup that was read back in full and compared before anything was touched ({ $bytes }).
report-sum-downtime = Downtime was measured for { $n } of { $all } services. The longest was at most { $upper } ({ $service }); the detection limit is { $limit }.
report-sum-downtime-none = Downtime was not measured for any service.
report-sum-promises = Promised availability: { $kept } services within their budget, { $broken } over it, { $open } not shown, { $none } not judged.
report-sum-incidents = { $n ->
    [one] There was { $n } incident, { $open } open; the longest took { $longest } to fix.
   *[other] There were { $n } incidents, { $open } open; the longest took { $longest } to fix.
}
report-sum-performance = { $n ->
    [one] Of { $n } comparison: { $improved } improved, { $equivalent } equivalent, { $regressed } regressed, { $inconclusive } inconclusive, { $none } without enough data for a verdict.
   *[other] Of { $n } comparisons: { $improved } improved, { $equivalent } equivalent, { $regressed } regressed, { $inconclusive } inconclusive, { $none } without enough data for a verdict.
}
report-sum-performance-none = Performance before and after was not measured.
report-sum-support = On a system with vendor support: { $before } of { $before_of } hosts before, { $after } of { $after_of } hosts read after.
report-gaps-none = Every figure of this report was measured.
report-gaps-note = Each reason with the figures that it concerns:
report-gaps-more = {" "}and { $n } more
report-baseline-note = The figures of “{ $name }” are stated in the project file. Rockhop did not measure them, and how they were counted is not known; the two projects differ in more than their tools.
report-baseline-hosts = Hosts
report-baseline-waves = Waves
report-baseline-length = Length (this project: first ledger row to end of run)
report-baseline-downtime = Downtime (this run: upper bounds of all services, summed)
report-baseline-incidents = Incidents
report-col-this-run = This run

## Sign-off

report-section-signatures = Signatures
report-section-document = Document
report-no-signers = The project file names nobody who signs.
report-classification = Classification
report-archive-on = Archive on
report-retention = Keep for
report-ledger-rows = Rows in the ledger
report-ledger-head = Hash of the ledger's head
report-ledger-check = Check of the ledger
report-ledger-signed = All { $n } rows of the ledger follow from each other without a break; its head is signed with key { $key }.
report-ledger-whole = All { $n } rows of the ledger follow from each other without a break; its head is not signed.
report-chain-broken = The ledger's chain breaks at row { $seq }: { $why }
report-ledger-not-checked = The ledger's chain was not checked.
report-col-function = Function
report-col-name = Name
report-col-signature = Signature
report-col-date = Date

## Evidence

report-evidence-note = Everything that a number above links to. The full content of plans and facts is in the evidence store under its digest.
report-section-papers = Papers
report-section-sets = Sets of rows
report-section-rows = Rows of the ledger
report-col-set = Set
report-col-origins = Computed from
report-col-mark = Mark
report-col-paper = What it is
report-col-row = Row
report-col-time = Time
report-col-kind = Kind
report-col-text = Content
report-row-missing = this row is not in the ledger
report-paper-plan = Plan{" "}
report-paper-facts = Facts of{" "}
report-paper-project = The project file: stated by people, not measured
report-paper-ledger = The check of the ledger's hash chain, made for this report
report-paper-request = The request for this report
report-paper-vulnerabilities = Vulnerability data: { $source }; { $which }

report-row-surveyed = facts { $facts }, { $n } items not readable
report-row-assessed = { $blocks } block, { $warns } warn, { $unknown } could not look
report-row-planned = plan { $plan } for { $n } hosts, by { $by }
report-row-approved = plan { $plan } signed by { $by }, key { $key }
report-row-run-started = plan { $plan }, by { $by }
report-row-run-resumed = { $n } hosts were in motion
report-row-by = by { $by }
report-row-run-ended = { $accepted } accepted, { $back } rolled back, { $held } held, { $waiting } not begun
report-row-wave = wave { $n }
report-row-step-try = { $step }, try { $n }
report-row-adopted = running job taken over, try { $n }
report-row-already-so = { $step } was already so ({ $took })
report-row-applied = { $step } done and verified ({ $took })
report-row-adopted-outcome = { $step } had been done by a job that ran on ({ $took })
report-row-step-failed = { $step }, try { $n }: { $why }
report-row-backup-proven = snapshot { $snapshot }: { $n } files, { $bytes } read back and compared ({ $took })
report-row-rollback-asked = by { $by }: { $why }
report-row-undone = { $step } taken back ({ $took })
report-row-undo-failed = { $step } could not be taken back: { $why }
report-row-salvaged = kept in { $kept }
report-row-gate-open = { $gate } is open
report-row-gate-closed = { $gate } is closed: { $why }
report-row-gate-unknown = { $gate } could not be asked: { $why }
report-row-service-up = { $service } serves again; last seen away { $last }
report-row-service-down = { $service } is away; last seen serving { $last }
report-row-service-unknown = { $service } could not be asked; last seen { $last }

## Drawings

report-chart-gantt = The run along the clock, by wave and host
report-chart-roles = Outcome by role, in hosts
report-chart-downtime = Downtime by service, with bounds
report-chart-latency = Latency after the move, in percent of before (left is faster)
report-chart-wave = Wave { $n } { $name }
report-chart-host = { $host }: took { $took }, away { $away }
report-legend-securing = survey recheck and backup
report-legend-accepted = moving, accepted
report-legend-rolled-back = rolled back
report-legend-away = service away
report-legend-incident = incident
report-legend-gap = controller away
report-legend-open = in motion or not begun
report-legend-lower = at least
report-legend-upper = at most
report-legend-before = before (100%)
report-legend-after = after

## Why a figure is missing

report-why-nothing-to-divide = there is nothing to divide by
report-why-not-begun = the host or wave has not begun
report-why-not-ended = it has not ended
report-why-no-rehearsal-of-role = no rehearsal of this role was measured
report-why-no-own-service = the host shares its service with others, so the prober cannot tell it apart
report-why-no-prober = the prober wrote nothing about the service
report-why-probes-without-rows = the prober counted failed looks but wrote no change
report-why-no-probe-count = the prober's totals are not in the ledger
report-why-no-interval = the prober's interval is not in the ledger
report-why-no-promise = no availability is promised
report-why-promise-allows-nothing = the promise allows no downtime at all
report-why-promise-unreadable = the promised availability cannot be read as a percentage
report-why-one-side = there is no value on one of the two sides
report-why-points = both sides are percentages, so the difference is in percentage points
report-why-too-few-values = { $before } and { $after } values, { $needed } needed on each side
report-why-no-direction = it is not known which direction is better
report-why-no-measurements = no measurement before and after is in the ledger
report-why-no-facts = no facts of this period were given
report-why-not-read = the survey could not read it
report-why-support-unknown = { $n ->
    [one] the support dates of { $n } host are not known
   *[other] the support dates of { $n } hosts are not known
}
report-why-no-vulnerability-data = no comparison with vulnerability data was given
report-why-open = it is open
report-why-clock-set-back = the controller's clock was set back meanwhile
report-why-not-planned = the project file gives no date
report-why-not-reached = it was not reached
report-why-not-assessed = no assessment is in the ledger
report-why-not-surveyed = no survey is in the ledger
report-why-empty-ledger = the ledger is empty
report-why-not-stated = the project file does not state it
report-why-no-single-currency = the budget is not in one currency
report-why-no-benefits = the project file states no benefit
report-why-benefit-not-in-money = a benefit is not stated in money of the budget's currency
report-why-ledger-not-whole = the ledger was not found to be whole
report-note-still-away = still away at the end of the record
report-note-not-ended = the run has not ended

## The report's own audit

report-audit-parts-not-planned = { $subject }: the outcomes sum to { $a }, but { $b } hosts were planned
report-audit-failed-not-sum = { $subject }: the failed hosts ({ $a }) are not the rolled back ({ $b }) and held ones together
report-audit-rate = { $subject }: the rate ({ $a }/1000 %) is not the ratio of its counts ({ $b } accepted)
report-audit-table-not-total = { $subject }: the rows sum to { $a }, the total says { $b }
report-audit-bounds = { $subject }: the lower bound ({ $a }) is above the upper bound ({ $b })
report-audit-downtime-over-run = { $subject }: the downtime ({ $a } ms) is longer than the run ({ $b } ms)
report-audit-not-a-share = { $subject }: { $a }/1000 % is not a share
report-audit-outage-count = { $subject }: { $a } outages are counted, but another number is listed
report-audit-promise = { $subject }: the verdict on the promise does not follow from the budget used ({ $a }/1000 %)
report-audit-accepted-without-backup = { $subject } is accepted but has no proven backup
report-audit-not-read-back = { $subject }: { $a } of { $b } bytes of the backup were read back
report-audit-incident = incident { $subject }: its end does not fit its beginning
report-audit-engine-tally = { $subject }: the engine counted { $a }, the ledger's rows give { $b }
report-audit-praise = { $subject }: “complete” is said, but { $a } of { $b } hosts are accepted or something is open
report-audit-delta = { $subject }: the difference ({ $a }) does not follow from the two sides
report-audit-points = { $subject }: a difference of percentages must be in percentage points, and no other
report-audit-ledger-gap = a row is missing: { $a } stands where { $b } should
report-audit-ledger-count = the check saw { $a } rows, the report { $b }
report-audit-no-origin = { $subject }: the number { $a } comes from nowhere
