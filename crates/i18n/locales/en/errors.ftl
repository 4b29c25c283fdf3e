### What went wrong, and in `<key>-next` what to do about it.

error-internal = { $what }: { $why }
error-internal-next = This should not happen. Please report it with the command that you ran.
error-output = the output could not be written: { $why }
error-read = { $path } could not be read: { $why }
error-read-next = Check that the file is there and that you may read it.
error-write = { $path } could not be written: { $why }
error-write-next = Check the free space, and that you may write there.

error-no-plan = there is no plan yet
error-no-plan-next = Survey the hosts, look at `rockhop assess`, then run `rockhop plan`.
error-no-run = there is no run yet
error-no-run-next = Start one with `rockhop run`.
error-plan-unknown = no plan and no file is called { $name }
error-plan-unknown-next = Give a file, or at least four digits of a plan's digest; `rockhop ledger show` lists the plans.
error-plan-ambiguous = more than one plan begins with { $name }
error-plan-ambiguous-next = Give more digits.
error-plan-file = { $name } is not a plan that can run
error-plan-file-next = Make a new one with `rockhop plan`.
error-plan-malformed = It cannot be read: { $why }
error-plan-format = Its format is { $found }; this version reads { $known }.
error-plan-unsound = It breaks a rule that every run relies on: { $why }
error-host-not-in-plan = the plan has no host { $host }
error-host-not-in-plan-next = `rockhop plan show` lists its hosts.
error-fold = the ledger does not fit its plan: { $why }
error-fold-next = Run `rockhop ledger verify`; if it finds nothing, please report this.
error-not-an-event = record { $seq } of kind { $kind } cannot be read: { $why }
error-not-an-event-next = It may be written by a newer version; use that one.

error-no-project = there is no project file { $path }
error-no-project-next = Write one with `rockhop init`, or name the project's folder with --project.
error-project = { $path } has { $n ->
    [one] one mistake
   *[other] { $n } mistakes
}
error-project-next = Correct it and run the same command again. `rockhop schema` prints the schema for editors.
error-inventory = the inventory { $path } cannot be used as it stands
error-fleet = project and inventory do not fit together in { $n ->
    [one] one place
   *[other] { $n } places
}
error-fleet-next = Correct rockhop.toml or the inventory. No host is ever left out in silence.
error-host-not-in-project = the project has no host { $host }
error-host-not-in-project-next = Its hosts are those of the inventories that rockhop.toml names.
error-no-such-rule = there is no rule { $rule }; the nearest is { $nearest }
error-no-such-rule-next = rockhop rules list names them all.
error-salt = { $path } is damaged: without it, secrets cannot be compared between hosts
error-salt-next = Restore it from a copy. If there is none, remove it and survey all hosts again.
error-not-surveyed = { $n ->
    [one] one host was never surveyed
   *[other] { $n } hosts were never surveyed
}
error-not-surveyed-next = Run `rockhop survey`.
error-host-unread = { $host }
error-facts-unreadable = the facts { $digest } cannot be read by this version: { $why }
error-facts-unreadable-next = Survey the host again.

error-plan-refused = { $n ->
    [one] one reason speaks against a plan
   *[other] { $n } reasons speak against a plan
}
error-plan-refused-next = Remedy them, or have them waived in rockhop.toml; survey what is stale; then plan again.
error-order-blocked = the order that follows from rockhop.toml breaks something
error-order-blocked-next = Declare what depends on what in rockhop.toml (after, edges, pairs), then plan again.

# Faults of hosts on their way: what happened, to which host, in which step.
fault-asked-back = { $by } asked for { $host } to come back.
fault-backup-not-proven = The backup of { $host } is no way back: { $why }.
fault-check-could-not-look = { $host }: step { $step } could not look whether it is done already (status { $status }).
fault-config-arrived-otherwise = { $host }: configuration on the new machine is not what was sent (step { $step }, status { $status }).
fault-config-cut = { $host }: { $path } did not arrive whole (step { $step }).
fault-config-drifted = { $host }: { $path } has changed since the survey, so the plan no longer fits (step { $step }). Survey, plan and approve again.
fault-config-untranslatable = { $host }: the meaning of { $path } cannot be carried to Rocky Linux 9.
fault-copy-broke-off = { $host }: copying { $path } broke off (status { $status }).
fault-defect = A defect of this program: { $what }.
fault-host-not-in-inventory = { $host } is not in the inventory.
fault-no-new-machine = { $host }: step { $step } needs the new machine, and none was provisioned.
fault-no-snapshot = { $host }: step { $step } has no backup to prove.
fault-no-snapshot-name = { $snapshot } is not the name of a backup.
fault-old-does-not-serve = { $host }: the old machine is back and does not serve (step { $step }, status { $status }).
fault-provisioner = The provisioner could not do "{ $verb }" for { $host }: { $why }.
fault-gate-closed = { $host }: the gate { $gate } stayed closed for too long (step { $step }). Why it is closed stands in the gate's own event.
fault-gate-unknown = { $host }: the gate { $gate } could not be asked for too long, and unknown is never open (step { $step }). Why stands in the gate's own event.
gate-above = the value { $value } is above { $limit }
gate-alerts = { $n ->
    [one] an alert is active
   *[other] { $n } alerts are active
}: { $names }
gate-below = the value { $value } is below { $limit }
gate-command-broke-off = { $program } was ended by a signal
gate-command-late = { $program } did not end within { $seconds } s
gate-command-not-run = { $program } cannot be started: { $why }
gate-command-says-no = { $program } ended with { $status }
gate-many-numbers = the query gives { $n } numbers instead of one; sum them up, or select one
gate-no-number = the query gives no number
gate-not-a-number = the query gives { $value }, which is no number
gate-services-down = no answer from { $services }
gate-services-moving = all hosts that serve it are in their own outage
gate-services-unknown = the prober cannot ask { $services }
gate-silent = no answer within { $seconds } s
gate-unreachable = { $url } gave no answer: { $why }
gate-unreadable = the answer of { $who } cannot be understood: { $why }
fault-soak-failed = { $host }: a look during the soak was not well (step { $step }, status { $status }).
fault-step-failed = { $host }: step { $step } ended with status { $status }.
fault-step-not-an-action = { $host }: step { $step } cannot be carried out this way.
fault-step-timed-out = { $host }: step { $step } was still at it when its time was up.
fault-undo-failed = { $host }: step { $step } could not be taken back (status { $status }).
fault-verify-failed = { $host }: step { $step } was carried out, and verification says no (status { $status }).
fault-unreachable = { $host } does not answer.
stop-failure-budget = { $spent } hosts ended otherwise than accepted; the plan allows { $budget }.
error-no-provisioner = rockhop.toml names no provisioner.
error-no-provisioner-next = Add [provisioner] with the command that makes a fresh Rocky Linux 9 machine; docs/provisioner.md has its protocol.
error-simulated-plan = The plan is of a simulated fleet, and the hosts of this project are real. It is not run.
error-simulated-plan-next = Survey these hosts and make a plan of them: rockhop survey, then rockhop plan.
error-plan-of-hosts = The plan is of real hosts, and this project is simulated ([simulation] in rockhop.toml). It is not run.
error-plan-of-hosts-next = Run it in the project that it was made in.
error-simulated-ledger = The ledger of this project is of a simulated fleet, and rockhop.toml has no [simulation]. The two are not mixed.
error-simulated-ledger-next = Begin a new project folder for real hosts.
error-ledger-of-hosts = The ledger of this project is of real hosts, and rockhop.toml has [simulation]. The two are not mixed.
error-ledger-of-hosts-next = Remove [simulation] from rockhop.toml, or begin a new project folder: rockhop lab up --simulated -C DIR
error-project-of-hosts = The project in this folder is one of real hosts; a simulated fleet has no place in it.
error-project-of-hosts-next = Name another folder: rockhop lab up --simulated -C DIR
error-host-not-simulated = The simulated fleet has no host { $host }.
error-host-not-simulated-next = Take it out of the inventory, or write inventory.ini anew: remove it and run rockhop lab up --simulated.
error-no-such-wave = The plan has no wave { $wave }.
error-no-vault-password = rockhop.toml names neither a password file nor a key file for the vault.
error-no-vault-password-next = Add password_file or key_file under [vault].
error-not-approved = Plan { $plan } has { $have } of { $needed } approvals.
error-not-approved-next = Read it with "rockhop plan show --steps", then have it signed with "rockhop approve --key FILE".

error-not-an-approver = the approval of { $name } does not count: project.contacts.approvers names { $approvers }
error-not-an-approver-next = Have one of them sign, or add the name to project.contacts.approvers in rockhop.toml.

error-no-such-run = the ledger has no run { $run }
error-no-such-run-next = `rockhop ledger show` lists the runs.
error-no-vault = there is no vault in { $path }
error-no-vault-next = A run makes it with the first backup; if there was one, look for its disk.
