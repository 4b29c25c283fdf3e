### The assessment's answers: on the terminal, on pages and in spreadsheets.

outlook-now = can go now
outlook-after-remedies = after remedies
outlook-not-known = not known well enough
outlook-never = not on this machine
outlook-arrived = on EL 9
outlook-stays = does not move

finding-state-new = new
finding-state-still = still there
finding-state-gone = gone
finding-state-waived = waived

## Headings of tables

assess-all-roles = all
assess-col-host = host
assess-col-role = role
assess-col-site = site
assess-col-hosts = hosts
assess-col-outlook = can it go
assess-col-area = area
assess-col-rule = rule
assess-col-title = what it is
assess-col-severity = severity
assess-col-state = state
assess-col-since = since
assess-col-finding = finding
assess-col-findings = findings
assess-col-unknown = unknown
assess-col-waived = waived
assess-col-hours = person-hours
assess-col-strategy = strategy
assess-col-raised = raised from
strategy-replace = replace
strategy-reimage = reimage
strategy-inplace = in place
assess-col-surveyed = surveyed
assess-col-kind = kind of work
assess-col-once = minutes a role
assess-col-each = minutes a host
assess-col-owner = owner
assess-col-reason = reason
assess-col-until = until
assess-label-remedy = Remedy
assess-label-verify = Verify
assess-label-founded = Founded on
assess-label-looks-at = Looks at

## The terminal

assess-hours = { $hours } h
assess-more-sentences = and { $n ->
    [one] one more finding of this rule; --all or --html shows it
   *[other] { $n } more findings of this rule; --all or --html shows them
}
assess-never-hosts = Not on this machine: { $hosts } ({ $title })
assess-first = This is the first assessment; every finding is new.
assess-changes = Since { $at }: { $new } new, { $still } still there, { $gone } gone, { $waived } waived.
assess-left = No longer in the project, so neither there nor gone: { $hosts }
assess-work = Work, as estimated: { $total } of one person ({ $once } once for each role, { $each } on the hosts, { $looking } to look where a rule could not). Waived findings, hosts that stay and hosts without a way are not in it; knowledge/effort.toml says what it adds up.
assess-written = written: { $path }

## Pages and spreadsheets

assess-hosts-heading = Hosts
assess-between-hosts = between hosts
assess-title = Assessment: { $project }
assess-made-at = Made { $at }.
assess-by-role = By role
assess-by-area = By area
assess-by-rule = By rule
assess-over-fleet = Between hosts
assess-with-others = Between this host and others
assess-more-results = { $n } more are on the pages of their rules.
assess-waivers = Waivers
assess-left-heading = No longer in the project
assess-unread-hosts = Never surveyed, and not to move
assess-unread-sections = Could not be read
assess-card-now = nothing is left to do
assess-card-not-known = nothing found keeps them, and something that would could not be looked at
assess-card-after-remedies = somebody has to do or decide something first
assess-card-never = there is no remedy on the machine
assess-card-hosts = { $arrived } on EL 9 already, { $stays } do not move
assess-card-findings = { $blocks } block, { $warns } warn, { $unknown } unknown
assess-card-work = an estimate; see the end of the page
assess-never-why = These hosts cannot go on the machines that they run on:
assess-never-here = This host cannot go on the machine that it runs on:
assess-nothing-found = No rule found anything.
assess-pill-unknown = could not look
assess-since = since { $day }
assess-gone-clear = gone since { $day }; first found { $found }
assess-gone-arrived = gone since { $day }, the host runs EL 9; first found { $found }
assess-gone-retired = not asked any more since { $day }, this version has no such rule; first found { $found }
assess-survey = survey
assess-rules-clear = rules that found nothing
assess-work-here = work on this host
assess-work-here-note = an estimate, without what is done once for the role
assess-effort = { $once } minutes once for each role, { $each } on each host.
assess-effort-all = Here: { $hours } h.
assess-rule-counts = { $found } found, { $unknown } could not look, { $waived } waived; { $new } new, { $gone } gone
assess-search = Search hosts, roles, sites
assess-any-role = every role
assess-any-outlook = can or cannot go
assess-any-finding = any findings
assess-no-script = The list of hosts needs JavaScript. Without it, the pages of the rules above lead to every host with a finding.
assess-pages = pages
assess-page-back = Back
assess-page-on = On
assess-page-of = page %n% of %all%
assess-shown = %n% of %all% hosts
assess-unprinted = %n% more hosts are not printed; filter the list first, or print the spreadsheet.
assess-work-heading = Estimated work
assess-work-once = once for each role
assess-work-each = on the hosts
assess-work-looking = looking where a rule could not
assess-work-total = work in all
assess-work-basis = An estimate, not a measurement: for each rule, minutes once for each role in which it finds something plus minutes for each host, by the kind of work (knowledge/effort.toml; a project puts its own figures under [effort] in rockhop.toml). Waived findings, hosts that do not move and hosts without a way are not counted. Looking may bring more work to light. Waiting, copying and the move itself are not in it.
assess-sheet-summary = Summary
assess-sheet-hosts = Hosts
assess-sheet-findings = Findings
assess-sheet-rules = Rules

## Kinds of work

effort-kind-nothing = nothing to do
effort-kind-look = look where the rule could not
effort-kind-check = compare after the move
effort-kind-setting = change a setting
effort-kind-decision = find out and decide
effort-kind-declaration = rows in rockhop.toml
effort-kind-package = get software for EL 9
effort-kind-script = port a script
effort-kind-rewrite = replace a service or mechanism
effort-kind-clients = renew those who depend on it
effort-kind-application = build or test an application anew
effort-kind-data = move data in a way of its own
effort-kind-repair = repair what is broken today
effort-kind-machine = more memory, room or another device
effort-kind-command = let one command look
effort-kind-elsewhere = no remedy on this machine

## What went wrong

error-assessment-since = There is no assessment from { $day } or earlier; the first is from { $first }
error-assessment-since-next = Name a later day, or compare with a file: --against FILE.
error-assessment-none = There is no assessment yet to compare with
error-assessment-none-next = Run rockhop assess without --since first.
error-assessment-unreadable = { $name } is not an assessment: { $why }
error-assessment-unreadable-next = Give a file that rockhop assess --json printed.
error-assess-folder = { $path } is not empty, and what is in it was not written by rockhop assess
error-assess-folder-next = Name a new or empty folder for --html.
effort-no-such-rule = [effort] in rockhop.toml: there is no rule { $rule }; the nearest is { $nearest }

## Two surveys of a host

survey-diff-times = { $before } against { $after }
survey-diff-same = Nothing is different.
survey-diff-unknown-before = could not be read before; nothing is compared
survey-diff-unknown-after = could not be read now; nothing is compared
error-survey-diff-none = { $host } was never surveyed
error-survey-diff-none-next = Survey it: rockhop survey { $host }
error-survey-diff-one = There is no earlier survey of { $host } to compare with
error-survey-diff-one-next = Survey it again, or name a later day.
