#!/usr/bin/python3
"""What dnf itself says. Reads questions as JSON lines, writes a verdict for each as a JSON line.

The same library as the command `dnf`, in one process for many questions: `dnf.Base`, with the settings of the command line
that the test names. Reads no configuration and no system.
"""
import json
import sys

import dnf
import dnf.module.module_base


def answer(question, work):
    base = dnf.Base()
    conf = base.conf
    conf.installroot = work + "/root"
    conf.cachedir = work + "/cache"
    conf.reposdir = []
    conf.best = question["best"]
    conf.module_platform_id = "platform:el9"
    conf.substitutions["releasever"] = "9"
    conf.install_weak_deps = question["weak"]
    conf.plugins = False
    for name, folder in question["repos"]:
        base.repos.add_new_repo(name, conf, baseurl=["file://" + folder])
    base.fill_sack(load_system_repo=False)
    unmatched = []
    try:
        if question["streams"]:
            dnf.module.module_base.ModuleBase(base).enable(question["streams"])
        for name in question["wanted"]:
            try:
                base.install(name)
            except dnf.exceptions.MarkingError:
                unmatched.append(name)
        if unmatched:
            return {"installs": False, "why": "no match: " + ", ".join(unmatched)}
        base.resolve()
    except dnf.exceptions.Error as error:
        return {"installs": False, "why": str(error)}
    packages = sorted("%s-%s.%s" % (p.name, p.evr.removeprefix("0:"), p.arch) for p in base.transaction.install_set)
    base.close()
    return {"installs": True, "packages": packages}


work = sys.argv[1]
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line), work)), flush=True)
