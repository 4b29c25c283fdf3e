# Remedies that a machine applies on the old hosts, and takes back.

step-remedy-fstab = what is mounted at boot, in lines that EL 9 reads alike
step-remedy-sysctl = kernel settings that EL 9 does not have
step-remedy-sshd = settings of the SSH server that EL 9 does not take
step-remedy-modules = names of kernel modules that EL 9 does not know

remedy-kind-fstab-uuid = name the file system by its UUID, which the host tells while it is mounted from that device
remedy-kind-fstab-comment = put the comment on a line of its own
remedy-kind-xfs-options = delete the options that EL 9's kernel refuses
remedy-kind-fstab-twice = make a comment of the second of two equal rows
remedy-kind-sysctl-gone = make a comment of the setting
remedy-kind-ssh-algorithms = delete the algorithms from their list; sshd -t checks the file before it counts
remedy-kind-ssh-removed-option = make a comment of the option, or write its new name; sshd -t checks the file before it counts
remedy-kind-ssh-obsolete-option = make a comment of the option; sshd -t checks the file before it counts
remedy-kind-module-name = write the present name of the same module

remedy-effect-never = On the old host: means the same as before.
remedy-effect-at-boot = On the old host: nothing changes now. From its next boot or mount on it is without the setting, as EL 9 is.
remedy-effect-at-restart = On the old host: nothing changes now. When sshd is next restarted or reloaded it is without the setting, as on EL 9.

remedy-by-machine = { $kind }. { $effect } (rockhop remedy)

remedy-hand-none-made = No safe change by machine: see the remedy of the rule (rockhop rules show).
remedy-hand-not-read = The survey did not read the file to the last byte.
remedy-hand-not-looked = The rule could not look at this host.
remedy-hand-secret = The file holds a secret; nothing of it may stand in a plan.
remedy-hand-other-form = The line is not of a form that can be changed by machine.
remedy-hand-vendors = The file does not belong to this host's own configuration.
remedy-hand-not-in-use = The device is not mounted where the row says, so nobody can tell which file system is meant.
remedy-hand-nothing-left = Nothing would be left of the list: choose what sshd shall offer.
remedy-hand-changes = It would change what the host does, or more than one meaning is possible.

remedy-head = Remedies { $plan } of { $project }
remedy-host = { $host } (surveyed { $taken })
remedy-by-hand = { $n ->
    [one] left to a person:
   *[other] left to people ({ $n }):
}
remedy-nothing = Nothing that a machine could remedy. No plan was written.
remedy-nothing-there = On these hosts the plan changes nothing; what it names is left to people.
remedy-made = Plan of remedies { $plan }: { $files ->
    [one] one file
   *[other] { $files } files
} on { $hosts ->
    [one] one host
   *[other] { $hosts } hosts
}.
remedy-made-next = Read it (rockhop remedy show --steps), have it approved (rockhop approve { $plan } --key FILE), then: rockhop remedy apply { $plan }
remedy-made-next-rehearse = Then: rockhop remedy apply { $plan }
remedy-applied = Applied: { $done }. Failed: { $failed }. Not begun: { $left }.
remedy-undone = As before: { $done }. Not taken back: { $failed }. Not begun: { $left }.
remedy-survey-again = What counts is what a new survey finds: rockhop survey, then rockhop assess. A plan of the move that was made before needs to be made anew.

remedy-standing-untouched = not begun
remedy-standing-open = begun, its end is not known: apply or undo takes it up
remedy-standing-applied = applied
remedy-standing-failed = failed
remedy-standing-undoing = being taken back, its end is not known: undo takes it up
remedy-standing-undone = taken back
remedy-standing-not-undone = not taken back

remedy-afterwards-not-surveyed = not surveyed since, so the finding still counts
remedy-afterwards-gone = the newest survey no longer finds it
remedy-afterwards-still-there = the newest survey still finds it
remedy-afterwards-unknown = the newest survey could not tell

event-remedies-planned = plan of remedies { $plan } made by { $by }: files { $files }, hosts { $hosts }
event-remedies-started = remedies { $plan } begun by { $by } on { $hosts ->
    [one] one host
   *[other] { $hosts } hosts
}
event-remedies-undo-started = remedies { $plan } are taken back by { $by } on { $hosts ->
    [one] one host
   *[other] { $hosts } hosts
}
event-remedies-ended = remedies { $plan } ended: { $done } as wanted, { $failed } failed, { $left } not begun

fault-remedy-changed = { $path } on { $host } was changed by somebody; nothing was done to it

error-no-remedies = There is no plan of remedies.
error-no-remedies-next = Make one: rockhop remedy plan
error-remedy-host-stays = { $host } is not among the hosts of this environment that move.
error-remedy-simulated = The hosts of this project are simulated: they have no files to remedy.
error-remedy-moved = Some hosts have begun their move; remedies are for hosts before it.
error-remedy-moved-next = Leave them out: rockhop remedy apply PLAN HOST...
error-remedy-host-moved = { $host } has begun its move or has moved
