### What becomes of packages: Leapp's data files, families of other makers, and the account of a host.

error-leapp-data = a file of Leapp's data cannot be used; nothing of it was
error-leapp-data-next = Take the file as its package ships it, or leave it out: Rockhop does without.
error-too-large = { $path } is larger than { $megabytes } MB
error-too-large-next = It is not what it should be; name the right file.
error-not-a-public-key = { $path } is no public signing key in its printable form
error-not-a-public-key-next = Name under gpgkey in rockhop.toml a file that begins with -----BEGIN PGP PUBLIC KEY BLOCK-----, and nothing secret.
error-packages-unknown = what becomes of the packages of { $host } cannot be said
error-packages-unknown-next = Survey the host again with `rockhop survey { $host }`.
packages-no-arch = { $arch } is no architecture that Rocky Linux 9 has
packages-no-release = no package says which release of the distribution it is

pes-not-utf8 = { $place }: not UTF-8 text from byte { $byte } on
pes-not-json = { $place }: not JSON at line { $line }, column { $column }: { $why }
pes-shape = { $place }: { $why }
pes-no-events = { $place }: there is no event
pes-unknown-action = { $place }: there is no action { $code }; known are 0 to 8
pes-unknown-architecture = { $place }: there is no architecture { $name }; known are x86_64, aarch64, ppc64le and s390x

repomap-not-json = { $file }: not a repository map at line { $line }, column { $column }: { $why }
repomap-format = { $file }: its format is { $found }; known are 1 and 2
repomap-release = { $file }: { $place }: { $found } is no major release
repomap-unknown-family = { $file }: { $place }: { $pesid } has no repository in the file

vendors-not-a-key = { $file }: line { $line } is not a long key id: { $text }
vendors-cells = { $file }: line { $line } has { $cells } cells, and 9 are wanted
vendors-not-text = { $file } is not UTF-8 text

packages-head = { $host }: EL { $from } -> Rocky Linux 9, { $n } packages, { $third } of them from other makers, { $unknown } unknown
packages-events = With { $n } events of Leapp's data, { $path }.
packages-no-events = Without Leapp's data; `packages.leapp_data` in rockhop.toml or --pes names them.
packages-unsaid = { $n ->
    [one] One package does not say who built it; it is judged by its name.
   *[other] { $n } packages do not say who built them; they are judged by their names.
}
packages-replaced = Replaced: { $n }
packages-removed = Nothing takes their place: { $n }
packages-keeps = Installed under the same name: { $n }
packages-comes = Brought by the new system: { $n }
packages-maker = { $maker }: { $n }
packages-unknown = Unknown, to be decided: { $n }
packages-unknown-next = Nobody speaks of these. Write a row [[packages.decisions]] for each into rockhop.toml: package, install (empty to give it up), owner, reason.
packages-outside = Beside rpm, by the census of { $at }:
packages-outside-unknown = Beside rpm: unknown, { $why }
packages-outside-next = Count what pip, npm, CPAN and people brought: rockhop census { $host }
packages-outside-nothing = nothing
packages-outside-lost = Programs and libraries that ask for a library which is missing, or which Rocky Linux 9 has not: { $n }
packages-outside-folders = Folders with programs, and how many: { $n }
packages-outside-python = Python packages, by folder: { $n }
packages-outside-node = npm's packages for all users: { $n }
packages-outside-applications = Applications with packages of npm's, and how many: { $n }
packages-outside-jars = Folders with jars, and how many: { $n }
packages-outside-java = Unpacked Javas: { $n }
packages-outside-perl = Perl modules from CPAN: { $n }
packages-outside-images = Container images: { $n }
packages-outside-rest = and { $n } more; --all names them
packages-outside-more = { $n } more were counted and not listed.
packages-install = On Rocky Linux 9:
packages-repository = { $maker } comes from { $where }
packages-unplaced = the events name the repository { $repository }, and nobody knows what it is on Rocky Linux 9
packages-confirm = { $n ->
    [one] one name was last spoken of for release 8; install it if the last command finds it
   *[other] { $n } names were last spoken of for release 8; install those that the last command finds
}
packages-install-nothing = Nothing beyond the minimal installation.

family-scl = Software Collections are not made for EL9. Take the version that AppStream or a module has, and rewrite what calls `scl enable` or names /opt/rh.
family-pgdg = PGDG has the newer versions for EL9 under the same names. Older ones are not there: upgrade the data first, or on the way.
family-mysql = MySQL has 8.0 and later for EL9. A 5.7 or older server has to be upgraded through 8.0; check the server's own upgrade checker first.
family-mariadb = MariaDB.org has its supported versions for EL9 under the same names; choose the version in the repository's address.
family-percona = Percona has 8.0 and later for EL9 under the lower-case names. What is of 5.7 or older needs its own decision.
family-remi = Remi has EL9 builds; php as such comes from the module stream of the version (php:remi-8.x), a collection such as php74 under the same name.
family-docker = Docker has its engine for EL9 under the same names. It runs on cgroup v2; images and volumes are carried, not the storage driver.
family-kubernetes = The old repository (packages.cloud.google.com) is gone; pkgs.k8s.io has one for each minor version. Drain and join the node anew.
family-zabbix = Zabbix has its agents and, from 6.0 on, its servers for EL9 under the same names; choose the version in the repository's address.
family-elastic = Elastic's packages are the same for every release of EL; the repository carries on.
family-nginx = nginx.org has EL9 builds under the same names. AppStream has nginx, too: keep to one of them.
family-hashicorp = HashiCorp has a repository for EL9 with the same names.
family-gitlab = GitLab has EL9 builds of versions that are still supported; the same version has to be on both sides for a restore.
family-grafana = Grafana's own repository serves every release of EL. AppStream has an older grafana under the same name.
family-oracle-jdk = Oracle's JDK is installed by hand from Oracle's own files. Decide between the same JDK and java-1.8.0, 11, 17 or 21-openjdk.
family-elrepo = ELRepo's kernels and drivers are made for one release each. See first whether EL9's kernel has the driver.
family-ius = IUS has nothing for EL9; AppStream and its modules have newer versions of most of it.
family-epel = EPEL 9 has fewer packages than EPEL 7, and some went into AppStream. What is not named here needs a look into EPEL 9.
