### Why a fact of a host is unknown, and surveys that gave no facts at all.

facts-unknown-no-sudo = it needs root, and sudo was refused
facts-unknown-missing = the survey has no such section
facts-unknown-truncated = the survey was cut off
facts-unknown-tool-missing = the host has no { $tool }
facts-unknown-failed = the command failed with status { $status }: { $said }
facts-unknown-timed-out = the command did not end in its time
facts-unknown-bad-line = the answer cannot be read: { $line }
facts-unknown-not-asked = nobody asked, for asking could hang
facts-unknown-file-not-carried = it depends on a file that was not surveyed: { $path }
facts-unknown-too-large = it is too large for a survey
facts-unknown-holds-secret = withheld, for it would help to guess a secret
facts-unknown-not-held = the archive does not hold it
facts-unknown-no-census = no census was taken

survey-not-a-survey = the answer of { $host } is no survey: { $said }
survey-packed = the answer of { $host } cannot be unpacked: { $said }
survey-no-time = the answer of { $host } does not say when it was taken; export the script anew, and run that
survey-cut-off = the answer of { $host } was cut off on the way; bring the whole file

## Archives of other tools: what was wrong, and with which entry

archive-io = the file cannot be read{ $entry ->
    [none] {""}
   *[other] {" "}({ $entry })
  }: { $said }
archive-not-one = it is neither a survey's answer nor a tar, packed or not
archive-unknown-layout = it is no sosreport, no insights archive and no folder of known outputs
archive-no-time = it does not say when it was taken
archive-cut-off = it was cut off{ $entry ->
    [none] {""}
   *[other] {" "}in { $entry }
  }; bring the whole file
archive-damaged = it is damaged{ $entry ->
    [none] {""}
   *[other] {" "}at { $entry }
  }: { $said }
archive-too-large = it holds more than { $limit } MiB{ $entry ->
    [none] {""}
   *[other] {" "}up to { $entry }
  }; unpack what is needed into a folder and import that
archive-bomb = it unpacks to more than { $ratio } times its size{ $entry ->
    [none] {""}
   *[other] {" "}up to { $entry }
  }
archive-too-many = it has more than { $limit } entries; { $entry } is one too many
archive-entry-too-large = { $entry } is larger than { $limit } MiB
archive-long-line = { $entry } has a line of more than { $limit } bytes (line { $line })
archive-escapes = { $entry } lies outside the archive
archive-link-out = { $entry } is a link to { $target }, outside the archive
archive-not-utf8 = { $entry } has a name that is not UTF-8
