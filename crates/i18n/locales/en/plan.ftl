### plan: why hosts go in this order, what stands against a plan, what its reader should know, how files are carried.

plan-because-replica = { $what }: the replica { $replica } goes before its primary { $primary }; a newer replica follows an older primary, never the other way round
plan-because-declared = { $from } depends on { $to }: { $reason }
plan-because-role-after = the project says that { $then } goes after { $first }
plan-because-role-usual = { $first } usually goes before { $then }, and nothing says otherwise
plan-because-client-first = { $what }: { $first } before { $then }. A client of EL 9 still talks to a server of EL 7; the other way round it may be refused ({ $seen ->
    [connection] seen as connections
   *[configuration] read in the configuration
})
plan-because-server-first = { $what }: { $first } before { $then }. What reports may be older than the server that it reports to, never newer ({ $seen ->
    [connection] seen as connections
   *[configuration] read in the configuration
})
plan-because-watcher-first = { $what }: { $first } before { $then }. Who watches has to understand a moved host before there is one ({ $seen ->
    [connection] seen as connections
   *[configuration] read in the configuration
})
plan-because-backup-first = { $what }: { $first } before { $then }. The host that does not hold the shared address goes first
plan-note-order-overruled = { $what }: by what was seen { $first } would go before { $then }; the project decides otherwise, so until { $first } has moved it may be refused

plan-refuse-gate = The gate { $gate } has nothing to ask: none of the hosts of its service belongs to this environment. Name another service in `gates.{ $gate }`, or give that service hosts.
plan-refuse-nobody-moves = No host of this environment moves. Look at `moves` and `groups` of the roles.
plan-refuse-cycle = These hosts wait for each other: { $hosts }. Take away a declared edge between them or, where the order comes from what was seen, declare one that decides it.
plan-refuse-no-facts = { $host } was not surveyed. Survey it first.
plan-refuse-not-el7 = { $host } does not run EL 7.
plan-refuse-stale = The facts of { $host } are { $hours } hours old; the project allows { $limit }. Survey it again.
plan-refuse-archive = The facts of { $host } come from an archive of another tool: enough to judge it, not to move it. Survey it.
plan-refuse-arch = { $host }: { $arch } is no architecture that Rocky Linux 9 has.
plan-refuse-no-release = { $host }: no package says which release of the distribution it is, so nothing says what becomes of its packages.
plan-refuse-not-known = { $host }: { $rule } blocks what it finds, and could not look ({ $why }). Survey the host so that it can, or have the rule waived by name.
plan-refuse-strategy = { $host } is to move by { $strategy }; plans are made for replace alone.
plan-refuse-stream = { $host }: Leapp's events ask for the module stream { $stream }, which is no name that can be typed. Mend the file, or decide about the package.
plan-refuse-no-key = { $host }: the signing key { $path } was not read. It has to be a file of the project.
plan-refuse-blocked = { $host } is blocked by { $finding }. Remedy it, or have it waived by name.
plan-refuse-unknown = { $host }: { $section } is unknown ({ $why }), and the plan cannot be made without it.
plan-refuse-address-elsewhere = { $host } does not have the address { $address } under which the inventory knows it.
plan-refuse-which-address = { $host } has several addresses. Name the one that people use as the address in the inventory.
plan-refuse-no-ifcfg = { $host }: no ifcfg file sets { $address }, so nothing says how its successor should get it.
plan-refuse-routes = { $host }: { $path } is written in the old form of ADDRESS, NETMASK and GATEWAY. Rewrite it as lines of `ip route`.
plan-refuse-instances = { $host } runs several instances of { $service }. Rockhop moves hosts with one.
plan-refuse-redis-local = { $host }: Redis listens to nobody outside, so its successor cannot follow it.
plan-refuse-redis-place = { $host }: Redis reads { $path }; Rockhop knows /etc/redis.conf.
plan-refuse-redis-renamed = { $host }: Redis has renamed commands (rename-command), which the move needs by their own names.
plan-refuse-postgresql-place = { $host }: PostgreSQL { $version } in { $path } has no counterpart of the same major version on EL 9. Move it to the packages of postgresql.org first.
plan-refuse-postgresql-no-primary = { $host }: a standby that names no primary.
plan-refuse-mariadb-version = { $host }: MariaDB { $version } cannot end after its followers have everything (10.4 can). Upgrade it first.
plan-refuse-mariadb-no-log = { $host }: the binary log is off, so nothing can follow this server. Set log_bin.

plan-note-file-not-carried = { $path } was changed and is not carried: no translator knows it
plan-note-unit-not-carried = { $unit } starts at boot on the old host and not on the new one: nothing here knows it
plan-note-interface-not-carried = { $path } is not carried: only the interface with the service address is
plan-note-packages-unconfirmed = Not installed on the new host, for Leapp's events last spoke of these names for release 8; look them up and decide under [[packages.decisions]]: { $packages }
plan-note-packages-unknown = Not installed on the new host, for nobody knows their counterpart: { $packages }
plan-note-firewalld = firewalld's zones are not carried
plan-note-held = After the cutover the old host starts its data services only when Rockhop takes the host back. By hand: remove { $path } and start them.
plan-note-login = The replication login { $login } stays after the move, for the way back. Drop it when the old machine is given up.
plan-note-collation = Text is sorted otherwise on EL 9: the indexes that lean on it are built anew before anybody writes. Their time counts as outage.
plan-note-collation-standby = Until its primary has moved, text comparisons on this standby may use indexes sorted in the old order
plan-note-metrics-not-in-vault = The history in { $path } is copied at the cutover; it is not in the vault

plan-loses-nothing = A rollback loses nothing
plan-loses-postgresql-if-gone = A rollback loses nothing while the new host can be read: the old server fetches what was written. If it cannot, what was written since the cutover stays on the machine set aside.
plan-loses-mariadb-if-gone = A rollback loses nothing while the new host can be read: the old server fetches what was written. If it cannot, what was written since the cutover stays on the machine set aside.
plan-loses-redis-if-gone = A rollback loses nothing while the new host can be read: the old server fetches what was written. If it cannot, what was written since the cutover stays on the machine set aside.
plan-loses-redis = A rollback loses what Redis took since the cutover: the old version cannot read the new one's data. It stays on the machine set aside.
plan-loses-metrics = A rollback loses the metrics collected since the cutover. They stay on the machine set aside.

config-not-utf8 = { $host }: { $path } is not UTF-8 text
config-no-assignment = { $host }: { $path }, line { $line }: not of the form name=value
config-no-value = { $host }: { $path }, line { $line }: { $setting } without a value
config-not-a-number = { $host }: { $path }, line { $line }: { $setting } is not a number
config-bad-address = { $host }: { $path }, line { $line }: { $setting } is not an address
config-bad-netmask = { $host }: { $path }, line { $line }: not a netmask
config-unknown-setting = { $host }: { $path }, line { $line }: nobody knows what becomes of { $setting }
config-retired = { $path }, line { $line }: { $setting } is not on EL 9 and stays as a comment or is left out
config-renamed = { $path }, line { $line }: { $setting } becomes { $new }
config-bare-python = { $path }, line { $line }: { $setting } calls a bare python, which EL 9 does not have
config-command-gone = { $path }, line { $line }: EL 9 does not bring { $setting }
config-environment-export = { $path }, line { $line }: `export` before { $setting } is left out
config-environment-runs-command = { $host }: { $path }, line { $line }: { $setting } runs a command; a unit would hand the text over as it stands
config-ifcfg-dhcp = { $host }: { $path }, line { $line }: the address comes by DHCP; a lease belongs to a network card and cannot be taken over
config-ifcfg-kind = { $host }: { $path }, line { $line }: an interface of the kind { $setting }
config-ifcfg-no-address = { $host }: { $path }: no address
config-ifcfg-no-device = { $host }: { $path }: no DEVICE
config-ifcfg-other-card = { $path }, line { $line }: { $setting } is left out: the new machine has another network card
config-route = { $host }: { $path }: a route that cannot be read
config-iptables-only-ipv4 = { $path }: the rules hold for IPv4, as before
config-iptables-chain = { $host }: { $path }, line { $line }: a chain that cannot be carried
config-iptables-command = { $host }: { $path }, line { $line }: not a rule
config-iptables-match = { $host }: { $path }, line { $line }: the match { $setting } has no counterpart that keeps the rule whole
config-iptables-no-table = { $host }: { $path }, line { $line }: a rule outside a table
config-iptables-quote = { $host }: { $path }, line { $line }: a value that cannot be quoted
config-iptables-table = { $host }: { $path }, line { $line }: the table { $setting }
config-iptables-target = { $host }: { $path }, line { $line }: the target { $setting } has no counterpart
config-iptables-word = { $host }: { $path }, line { $line }: { $setting } cannot be carried
config-metric-renamed = { $path }, line { $line }: newer exporters call { $setting } { $new }; a rule on the old name never fires
config-mycnf-ambiguous = { $host }: { $path }, line { $line }: { $setting } is ambiguous and stops the server. Write general_log_file.
config-mycnf-includes = { $host }: { $path }, line { $line }: { $setting } reads files from another place
config-nginx-no-module = { $host }: { $path }, line { $line }: EL 9 has no module for { $setting }
config-nginx-ssl-on = { $path }, line { $line }: `ssl on` is only warned of now and gone later; write `listen ... ssl`
config-tls-raised = { $path }, line { $line }: { $setting } below TLS 1.2 is left out, for EL 9 refuses it
config-ntp-keys = { $path }, line { $line }: the keys are not carried; bring them to /etc/chrony.keys
config-ntp-no-counterpart = { $host }: { $path }, line { $line }: chrony has nothing like { $setting }
config-ntp-reference-clock = { $host }: { $path }, line { $line }: the reference clock { $setting } has no counterpart by itself
config-ntp-serves-nobody = { $path }, line { $line }: ntpd answered everybody; chrony answers nobody unless a network is allowed
config-redis-module = { $host }: { $path }, line { $line }: a Redis module
config-redis-loopback = { $path }, line { $line }: Redis also listens on the loopback address, where the move asks it
config-redis-under-systemd = { $path }, line { $line }: { $setting } is turned off, for systemd watches the server
config-sshd-listens-on-address = { $host }: { $path }, line { $line }: sshd listens on named addresses only; the new machine could not be reached before the cutover
config-sshd-no-algorithm-left = { $host }: { $path }, line { $line }: of { $setting } nothing is left that EL 9 knows
config-sshd-root-login = { $path }: PermitRootLogin is not set; on EL 9 root no longer logs in with a password
config-sshd-weak-dropped = { $path }, line { $line }: { $setting } loses algorithms that EL 9 does not know
config-sysctl-needs-module = { $path }, line { $line }: { $setting } needs its kernel module loaded first
config-unit-weight = { $path }, line { $line }: { $setting } is a weight on another scale now
