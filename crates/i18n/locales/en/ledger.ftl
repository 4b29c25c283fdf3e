### The ledger and the evidence beside it: verdicts, flaws, errors with what to do next.

ledger-sealed = The ledger is whole: { $records ->
    [one] one record
   *[other] { $records } records
}, all signed, and the file is to the byte what was signed.
ledger-open-tail = Up to record { $records } the ledger is to the byte what was signed. { $unsigned } newer records are chained but not signed yet, and { $torn } bytes of the log are not readable. A run signs them at its end; after a crash, the next command that writes to the ledger does.
ledger-unsealed = All { $records } signed records are what was signed, and { $unsigned } newer ones are chained to them; yet the file itself is not the signed one. A crash in the middle of signing leaves it so; so does a change where no record is. Compare with the copy of the head in the last report.
ledger-broken = The ledger is not what was signed: { $flaws ->
    [one] one flaw
   *[other] { $flaws } flaws
}. Keep the folder as it is and restore a copy.

ledger-flaw-no-head = The signed head is missing.
ledger-flaw-head-unreadable = The signed head cannot be read: { $why }.
ledger-flaw-head-by-stranger = The head is signed by a key that is not trusted: { $key }.
ledger-flaw-head-forged = The signature does not fit the head.
ledger-flaw-truncated = The end is cut off: { $signed } records were signed, { $found } are there.
ledger-flaw-not-what-was-signed = Record { $seq } is not the one that was signed.
ledger-flaw-gap = Record { $seq } is missing.
ledger-flaw-altered = Record { $seq } was altered.
ledger-flaw-unlinked = Record { $seq } does not follow the one before it.
ledger-flaw-unreadable = Record { $seq } has an unreadable column: { $column }.
ledger-flaw-schema = The tables, or the triggers that forbid changes, were altered.
ledger-flaw-database = The database is damaged: { $detail }.

ledger-busy = Process { $pid } is working with the ledger in { $path }. Wait for it, or stop it; its lock ends with it.
ledger-busy-unknown = Another process is working with the ledger in { $path }. Wait for it, or stop it; its lock ends with it.
ledger-already-there = There is a ledger in { $path } already. It is kept; open it instead of beginning a new one.
ledger-not-there = There is no ledger in { $path }. Name the project's folder; its first survey begins the ledger.
ledger-refused = The ledger in { $path } is not what was signed ({ $flaws } flaws), so nothing is done with it. Look with `rockhop ledger verify`, keep the folder as it is, and restore a copy.
ledger-not-json = An event of kind { $kind } could not be written: { $why }.
ledger-not-an-event = Record { $seq } in { $path } is of kind { $kind }, which this version does not know. Use the version of Rockhop that wrote it, or a newer one.
ledger-key-unusable = The signing key { $path } cannot be used: { $why }. Restore it from a copy of the project.
ledger-key-exposed = Others can read the signing key { $path } (mode { $mode }). Find out who did, then `chmod 600` it.
ledger-readers-in-the-way = A program reading the database in { $path } keeps it from being signed. Close it; the next signing catches up.
ledger-schema = The tables of { $path } could not be made: { $why }. A newer Rockhop may have written it.
ledger-old-sqlite = SQLite { $version } can damage a ledger. Build Rockhop with SQLite 3.51.3 or newer.
ledger-database-refused = The database { $path } refused: { $why }. Look at the disk's free space and health.
ledger-files-refused = The file system refused at { $path }: { $why }. Look at free space and permissions.

evidence-missing = Evidence { $digest } is not in { $path }. Restore the folder from a copy.
evidence-altered = The evidence file { $path } was changed: its content hashes to { $actual }. Restore it from a copy.
