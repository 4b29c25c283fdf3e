### lab

## Progress
lab-prerequisites = Programs that the lab needs
lab-prerequisites-install = Installing Debian packages that the lab needs: { $packages }
lab-limit-raised = A kernel limit that all containers share was too low for the lab: { $limit } was { $from } and is { $to } until the next boot.
lab-disk = Disk of the lab
lab-disk-copies = btrfs on a loop device is refused here: every host is a full copy, which takes more room and more time.
lab-build-image = Building the root { $image }
lab-network = Network of the lab
lab-boot = Booting { $count ->
    [one] 1 machine
   *[other] { $count } machines
}
lab-booted = { $machine } answers
lab-left-off = { $machine } was powered off on purpose and stays off. To power it on: echo '{"{"}"machine":"{ $machine }"{"}"}' | rockhop lab hook power-on
lab-hosts-older = Made by another version of the lab, and kept as they are: { $hosts }. For new ones: rockhop lab down, then rockhop lab up.
lab-stop = Stopping all machines
lab-remove-hosts = Removing the hosts
lab-images-kept = The built roots stay in { $state }, so that the next start is quick. To remove them too: rockhop lab down --purge
lab-purge = Removing everything

## Errors
lab-error-not-root = The lab makes containers, disks and networks, and for that it has to run as root. Run it again as root.
lab-error-refused = The lab cannot stand on this machine, which does not let it { $what ->
    [namespaces] make namespaces of its own
    [containers] give containers control groups of their own
    [network] make bridges and network cards of its own
   *[packages] install what it needs
}: { $why }
lab-error-refused-next = Without a lab, the same plan, engine and report run on a fleet in memory: rockhop lab up --simulated
lab-error-not-root-next = Without root, the same plan, engine and report run on a fleet in memory: rockhop lab up --simulated
lab-error-busy = Another lab command is working on { $state }. Wait until it has ended.
lab-error-other-lab = The lab in { $state } was made with the namespace { $namespace } and the subnet { $subnet }. Use these names, or another state folder.
lab-error-io = Could not { $doing } { $path }: { $why }
lab-error-command = { $program } failed ({ $status }): { $tail }
lab-error-unknown-machine = The lab has no machine { $name }. `rockhop lab status` lists those that there are.
lab-error-absent = { $machine } does not exist. `rockhop lab up` makes the hosts of the fleet, and a run's provisioner the fresh ones.
lab-error-not-running = { $machine } is not running. Power it on first.
lab-error-not-discardable = { $machine } is a host of the fleet. Only fresh hosts, whose names end with -new, are discarded.
lab-error-not-migrating = { $host } does not migrate: there is no fresh host beside it.
lab-error-silent = { $machine } did not answer on ssh within { $seconds } seconds. Its console is in { $log }.
lab-error-undead = { $machine } still has processes after it was killed. Look for what the kernel waits for.
lab-error-namespace = The network namespace { $namespace } cannot be entered: { $why }. Is the lab up, and are you root?
lab-error-not-up = The lab is not up: there is no network namespace { $namespace }. Run rockhop lab up first.
lab-error-bad-request = The request makes no sense: { $why }
lab-error-other-system = The lab provides { $offered }, not { $asked }.
lab-error-fault-does-not-fit = The fault { $fault } cannot be done to { $target }.
lab-error-bad-package = Line { $line } of { $list } is not a package: { $text }
