### Whether packages install: the reasons when not, who would have what is missing, and repositories that cannot be read.

## Reasons
solver-not-found = No package is called { $wanted }, and none provides it.
solver-no-such-stream = There is no module stream { $stream }. The module has: { $has }.
solver-no-such-module = There is no module { $module } in these repositories.
solver-missing = { $package } needs { $capability }, and nothing here provides it.
solver-missing-through = { $package } needs { $capability }, and nothing here provides it. It is needed by way of { $through }.
solver-conflict = { $package } conflicts with { $with } (it names { $capability }).
solver-replaces = { $package } replaces { $replaced } (it names { $capability }), and both are wanted.
solver-two-versions = { $one } and { $other } would both be needed, and one machine holds only one of them.
solver-not-the-newest = { $newest } is the newest version, and it cannot be installed.
solver-other-arch = { $package } would be needed beside the same package for another architecture.
solver-incompatible = These do not go together: { $packages }.

## What to do
solver-nobody-has = No repository that was given has it. Add a copy of the repository that does (CRB and EPEL are the usual ones), or name one with --elsewhere to find out which; otherwise leave the package out.
solver-built-for = The package was built for EL{ $release }: take its EL9 build, or rebuild it.
solver-where-elsewhere = { $package } in { $repository } has it: enable that repository on the hosts.
solver-where-stream = { $package } has it, in a module stream that is not enabled: `dnf module enable { $stream }` (here: --enable-module { $stream }).
solver-where-hidden = { $package } has it, and the enabled module stream { $stream } hides it: disable the stream, or take the stream's own package.
solver-where-arch = { $package } has it, for { $arch } machines only: look for a build for the hosts' architecture.
solver-where-version = { $package } is there, with { $provides }: the version needed is another. Bring both from the same release.
solver-where-soname = { $package } provides { $provides }: the library's number went up. Take a build of the package that was linked against it, or a compat- package.
solver-where-similar = There is a package { $name }: was that meant?

## Repositories that cannot be used
repo-read = { $file } cannot be read: { $why }.
repo-no-repodata = { $file } is no repository: there is no repodata/repomd.xml, and no repomd.xml. Name the folder that holds repodata, or a copy of repodata itself.
repo-escapes = { $file } names { $href }, which is outside the repository. Nothing was read. Copy the repository anew from a source that you trust.
repo-no-entry = { $file } lists no { $what }. Rockhop reads the XML metadata; make it with createrepo_c.
repo-checksum = { $file } is not the file that repomd.xml describes: { $kind } is { $found } and should be { $said }. The copy is damaged, or of two different days: copy the whole repodata folder again.
repo-checksum-kind = { $file } has a checksum of kind { $kind }; sha256, sha512, sha384 and sha1 are known. Make the metadata anew with createrepo_c.
repo-unpack = { $file } cannot be unpacked, it is cut short or damaged: { $why }. Copy it again.
repo-too-big = { $file } unpacks to more than { $limit } bytes, which is more than it should. Nothing was kept. Copy it again from a source that you trust.
repo-too-long = { $file } holds a single tag or text of more than { $limit } bytes. No real metadata does; nothing was kept.
repo-encoding = { $file } is not in UTF-8: { $why }. Make the metadata anew with createrepo_c.
repo-form = { $file } is not well-formed: { $why }. Copy it again.
repo-field = { $file }: in <{ $tag }>, { $what } is missing or wrong. Make the metadata anew with createrepo_c.
