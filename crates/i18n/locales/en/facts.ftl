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

survey-not-a-survey = the answer of { $host } is no survey: { $said }
survey-packed = the answer of { $host } cannot be unpacked: { $said }
survey-no-time = the answer of { $host } does not say when it was taken; export the script anew, and run that
survey-cut-off = the answer of { $host } was cut off on the way; bring the whole file
