### The census: what a host has beside its packages.

census-progress = { $host }: { $n } of { $of }, { $what }
census-progress-kept = { $host }: { $n } of { $of }, { $what }: done before
census-taken = { $host }: folders with programs outside rpm { $folders }, programs and libraries { $programs } (asking for a library that EL 9 has not, or nobody has: { $lost }), Python packages { $python }, npm's for all users { $node }, jars { $jars }
census-at-work = { $host }: at work. `rockhop census { $host }` follows it and brings the answer.
census-unread = not counted: { $what }: { $why }
census-left-out = not walked: { $folders } (--also walks a folder that is on this machine)
census-script-written = { $path } is written. Run it on the host as root, and bring what it prints:
    sh { $name } >HOST.census
  It takes minutes; killed, it goes on where it was when it is started again.
  Then: rockhop survey import HOST.census

census-section-scope = which folders are walked
census-section-ownership = files that no package owns
census-section-verify = packaged files that were changed
census-section-programs = programs and the libraries they need
census-section-python = Python packages
census-section-node = npm's packages
census-section-java = jars and Javas
census-section-perl = Perl modules
census-section-scripts = scripts
census-section-keystores = key stores
census-section-htaccess = .htaccess files
census-section-php = PHP sources
census-section-containers = container images

census-no-room = there is too little room for the census on { $host }: { $said }
census-busy = a census of { $host } is under way that was started by hand; wait for it, then ask again
census-time-up = the census of { $host } was not done in eight hours; what is finished is kept, ask again to go on
census-ended = the census of { $host } ended with status { $status }: { $said }. What is finished is kept; ask again to go on.
census-unclear = the census's folder on { $host } says what this version does not understand: { $said }
census-not-one = the answer of { $host } is no census
census-newer = the census of { $host } was taken by a newer version of Rockhop; read it with that one
census-no-time = the census of { $host } does not say when it was taken
error-census-simulated = This project's hosts are simulated; their survey brings the census along.
error-census-unreadable = The stored census { $digest } cannot be read: { $why }
error-census-unreadable-next = Take it again with `rockhop census`.
error-census-older = { $host }: a newer census is known, of { $known }; this one is of { $at }.
