#!/usr/bin/env python3
"""Asks Leapp's own code what its package events make of package sets, for a test to compare with.

    scripts/leapp-reference.py LEAPP_REPOSITORY PES_FILE [NAMES_FILE ...] > answers.jsonl
    ROCKHOP_LEAPP_ANSWERS=$PWD/answers.jsonl ROCKHOP_LEAPP_EVENTS=PES_FILE \\
        cargo test -p rockhop-domain --test leapp_data -- --ignored --nocapture

LEAPP_REPOSITORY is a checkout or a bare clone of github.com/oamg/leapp-repository; nothing of it is kept here, and nothing
of it is changed. PES_FILE is a pes-events.json. Without NAMES_FILE the sets are: every input name of the file alone, all of
them at once, and 200 random sets of them; with it, the first column of each file is a set.

Only the part of Leapp that this is about runs: the parser of the events and the computation of the target set. What it
imports of Leapp's framework is put in place by stand-ins below.
"""

import json
import random
import subprocess
import sys
import types
from pathlib import Path

LIBRARIES = "repos/system_upgrade/common/actors/targetcontentresolver/libraries"
SOURCE, TARGET, ARCH = "7.9", "9.99", "x86_64"
# Events about Leapp's own packages; repos/system_upgrade/common/libraries/rpms.py lists them.
LEAPP = [
    "leapp", "leapp-deps", "python2-leapp", "python3-leapp", "snactor",
    *(f"leapp-upgrade-{way}{end}" for way in ("el7toel8", "el8toel9", "el9toel10") for end in ("", "-deps", "-fapolicyd")),
]


def text_of(repository, name):
    path = f"{LIBRARIES}/{name}"
    if (Path(repository) / path).is_file():
        return (Path(repository) / path).read_text()
    return subprocess.run(["git", "-C", repository, "show", f"HEAD:{path}"], check=True, capture_output=True, text=True).stdout


def number(version):
    return tuple(int(part) for part in version.split("."))


def stand_in(name, **what):
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:end]), types.ModuleType(".".join(parts[:end])))
    module = sys.modules[name]
    for key, value in what.items():
        setattr(module, key, value)
    return module


def framework():
    log = types.SimpleNamespace(**{level: lambda *_: None for level in ("debug", "info", "warning")})
    actor = types.SimpleNamespace(configuration=types.SimpleNamespace(
        architecture=ARCH, version=types.SimpleNamespace(source=SOURCE, target=TARGET)))
    api = stand_in("leapp.libraries.stdlib.api", current_logger=lambda: log, current_actor=lambda: actor)
    stand_in("leapp.libraries.stdlib", api=api)
    stand_in("leapp.libraries.stdlib.config", is_verbose=lambda: False)
    stand_in("leapp", reporting=types.ModuleType("reporting"))
    stand_in("leapp.exceptions", StopActorExecution=Exception, StopActorExecutionError=Exception)
    stand_in("leapp.models", Module=tuple, PESIDRepositoryEntry=tuple, PESRpmTransactionTasks=tuple, RpmTransactionTasks=tuple)
    architecture = types.SimpleNamespace(ARCH_ACCEPTED=("x86_64", "aarch64", "ppc64le", "s390x", "noarch"))

    def matches_version(matches, detected):
        ways = {">": lambda a, b: a > b, "<=": lambda a, b: a <= b}
        return all(ways[m.split()[0]](number(detected), number(m.split()[1])) for m in matches)

    version = types.SimpleNamespace(matches_version=matches_version, get_source_major_version=lambda: SOURCE.split(".")[0])
    rpms = stand_in("leapp.libraries.common.rpms", get_leapp_packages=lambda *_, **__: LEAPP, LeappComponents=None,
                    get_leapp_dep_packages=lambda *_: [])
    fetch = types.ModuleType("fetch")
    stand_in("leapp.libraries.common", fetch=fetch, rpms=rpms)
    stand_in("leapp.libraries.common.config", architecture=architecture, version=version, get_target_distro_id=None)
    stand_in("leapp.libraries.common.distro", DISTRO_REPORT_NAMES=None)
    stand_in("leapp.libraries.actor", repomap_calc=None)


def leapp(repository):
    framework()
    for name in ("pes_event_parsing", "pes_events_scanner"):
        module = stand_in(f"leapp.libraries.actor.{name}")
        exec(compile(text_of(repository, f"{name}.py"), f"{name}.py", "exec"), module.__dict__)
    actor = sys.modules["leapp.libraries.actor"]
    return actor, sys.modules["leapp.libraries.actor.pes_event_parsing"], sys.modules["leapp.libraries.actor.pes_events_scanner"]


class Leapp:
    def __init__(self, repository, pes_file):
        _, self.parsing, self.scanner = leapp(repository)
        events = self.parsing.parse_pes_events(Path(pes_file).read_text())
        self.events = [event for event in events if not event.architectures or ARCH in event.architectures]

    def target(self, names):
        source = {self.parsing.Package(name, "installed", None) for name in names}
        releases = self.scanner._get_relevant_releases(self.events)
        events = self.scanner._remove_leapp_related_events(self.events)
        events = self.scanner._remove_undesired_events(events, releases)
        target, _ = self.scanner._compute_packages_on_target_system(source, events, releases)
        return sorted({package.name for package in target})

    def inputs(self):
        return sorted({package.name for event in self.events for package in event.in_pkgs})


def sets(leapp_itself, files):
    for file in files:
        rows = [line.split()[0] for line in Path(file).read_text().splitlines() if line.strip() and not line.startswith("#")]
        yield file, sorted(set(rows))
    if not files:
        inputs = leapp_itself.inputs()
        yield "all at once", inputs
        seeded = random.Random(7)
        for turn in range(200):
            yield f"random {turn}", sorted(seeded.sample(inputs, seeded.randrange(1, len(inputs))))
        yield from ((name, [name]) for name in inputs)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    repository, pes_file, *files = sys.argv[1:]
    leapp_itself = Leapp(repository, pes_file)
    for what, names in sets(leapp_itself, files):
        print(json.dumps({"what": what, "names": names, "target": leapp_itself.target(names)}))


if __name__ == "__main__":
    main()
