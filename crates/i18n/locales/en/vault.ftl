### The vault: errors with what to do next, and in what a backup and its host can differ.

vault-not-a-vault = { $path } is neither a vault nor empty. Name an empty folder, or the vault.
vault-wrong-password = The password does not open the vault { $path }. Without it no backup in it can be read: find the password file that belongs to it.
vault-password-file = The vault's password file { $path } cannot be used: { $why }.
vault-stream = The backup { $label } was not taken: { $why }. Nothing was kept of it; the step can be run again.
vault-not-whole = The backup { $label } was not written whole and was dropped: { $why }. Look at the vault's disk, then run the step again.
vault-no-such-backup = The vault { $path } has no backup { $snapshot }. `restic snapshots` lists those it has.
vault-no-such-file = Backup { $snapshot } in { $path } has no file { $file }.
vault-damaged-pack = Backup { $snapshot } in { $path } is damaged: pack { $pack }: { $why }. It is no way back. Look at the vault's disk, and take a new backup.
vault-damaged = Backup { $snapshot } in { $path } is damaged: { $why }. It is no way back. Look at the vault's disk, and take a new backup.
vault-manifest = The host's list for backup { $snapshot } cannot be read: { $why }. Nothing is proven; run the step again.
vault-refused = The vault { $path } refused: { $why }.
vault-files-refused = The file system refused at { $path }: { $why }. Look at free space and permissions.
