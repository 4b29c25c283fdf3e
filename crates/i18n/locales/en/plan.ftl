# Plans: reasons for the order, what is lost on the way back, notes, and why there is no plan.

plan-because-role-after = the project says that { $then } goes after { $first }
plan-because-role-usual = { $first } usually goes before { $then }
plan-because-replica = { $what }: the replica { $replica } goes before its primary { $primary }, for a newer replica follows an older primary
plan-because-declared = { $from } depends on { $to }: { $reason }

plan-loses-nothing = A rollback loses nothing: this host keeps no data of its own.
plan-loses-metrics = A rollback loses the metrics and silences written since cutover; they stay on the new machine, which is set aside.
plan-loses-redis = A rollback loses what was written to Redis since cutover; it stays on the new machine, which is set aside.
plan-loses-redis-if-gone = A rollback hands back what was written to Redis since cutover. Only if the new machine cannot be asked any more is it lost; it then stays on that machine, which is set aside.
plan-loses-postgresql-if-gone = A rollback hands back what was committed to PostgreSQL since cutover. Only if the new machine cannot be asked any more is it lost; it then stays on that machine, which is set aside.
plan-loses-mariadb-if-gone = A rollback hands back what was committed to MariaDB since cutover. Only if the new machine cannot be asked any more is it lost; it then stays on that machine, which is set aside.

plan-note-file-not-carried = { $path } is not carried: nothing is known of its meaning on Rocky Linux 9.
plan-note-interface-not-carried = { $path } is not carried: only the interface with the service address moves.
plan-note-unit-not-carried = The unit { $unit } is not carried.
plan-note-packages-unknown = What becomes of these packages is not known, so they are not installed: { $packages }.
plan-note-held = What the old host held last is kept at { $path } on the new machine until acceptance.
plan-note-firewalld = The firewall of firewalld is carried as its rules stand.
plan-note-login = For the time of the move a login { $login } exists on the database; it is removed at the end.
plan-note-metrics-not-in-vault = Not in the vault, but copied at cutover: { $path }
plan-note-collation = Text sorts differently on Rocky Linux 9: text indexes are rebuilt before the first write.
plan-note-collation-standby = Text sorts differently on Rocky Linux 9: do not query this standby until its primary has moved and rebuilt its text indexes.

plan-refuse-cycle = These hosts wait for each other: { $hosts }
plan-refuse-nobody-moves = No host of this environment moves.
plan-refuse-no-facts = { $host } was never surveyed.
plan-refuse-not-el7 = { $host } is not an EL 7 host.
plan-refuse-stale = The facts of { $host } are { $hours } h old; the project allows { $limit } h.
plan-refuse-blocked = { $host }: the finding { $finding } blocks.
plan-refuse-unknown = { $host }: { $section } could not be read ({ $why }), and a plan needs it.
plan-refuse-routes = { $host }: { $path } has routes of its own, which are not carried yet.
plan-refuse-no-ifcfg = { $host }: no ifcfg file holds the address { $address }.
plan-refuse-address-elsewhere = { $host }: the address { $address } is on none of its interfaces.
plan-refuse-which-address = { $host } is reached by a name, and it has several addresses: name the address in the inventory.
plan-refuse-instances = { $host } runs several instances of { $service }; only one a host is moved.
plan-refuse-redis-local = { $host }: Redis listens for local programs only, so its successor cannot replicate from it.
plan-refuse-redis-place = { $host }: Redis is configured by { $path }, a place that is not known.
plan-refuse-postgresql-place = { $host }: PostgreSQL { $version } keeps its data at { $path }, a place that is not known.
plan-refuse-postgresql-no-primary = { $host } is a standby, and it does not say of whom.
plan-refuse-mariadb-version = { $host }: MariaDB { $version } cannot replicate to the one that is installed on Rocky Linux 9.
plan-refuse-mariadb-no-log = { $host }: MariaDB writes no binary log, so its successor cannot replicate from it.
