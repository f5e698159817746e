"""A catalogue with one fake peer, and the folder that it lives in."""

import json
import os
import pathlib
import shutil

from support import CommandTest

CATALOGUE = """
[[peer]]
name = "fake"
title = "Fake"
family = "fake"
program = "rota-peer-fake"
packages = ["bash"]
version = "bash"
plays = "fifo"
workloads = ["spawn-join"]

[[peer]]
name = "broken"
title = "Broken"
family = "broken"
program = "rota-peer-broken"
packages = ["bash"]
version = "bash"
plays = "fifo"
workloads = ["spawn-join"]
"""

BUILD = """#!/usr/bin/env bash
set -euo pipefail
echo "building $1"
if [[ $1 == broken ]]; then echo "the compiler gave up" >&2; exit 1; fi
mkdir -p "$2/bin"
{ cat "$(dirname "$0")/fake.py"; echo "VERSION = '$ROTA_VERSION_FAKE'; main()"; } >"$2/bin/rota-peer-fake"
chmod +x "$2/bin/rota-peer-fake"
bash --version | head -n 1 >"$2/compiler"
"""

PEER = """#!/usr/bin/env python3
import json, os, sys, time

def say(**line):
    print(json.dumps(line), flush=True)

def main():
    request = json.load(sys.stdin)
    how = os.environ.get("FAKE_PEER", "")
    say(kind="start", protocol=1, pid=os.getpid(), pinned=False,
        runtime="fake 0.0.1" if how == "another version" else "fake " + VERSION)
    if how == "crash":
        os.abort()
    if how == "hang":
        time.sleep(60)
    say(kind="metric", metric="ns_per_task", unit="ns", value=42.0, iterations=3)
    got = "7" if how == "wrong" else "100"
    say(kind="check", name="tasks", expected="100", got=got, ok=how != "wrong")
    say(kind="end", status="wrong" if how == "wrong" else "ok")
    sys.exit(how == "wrong")

"""

DEFINITION = """
question = "Is the fake ahead?"
[[policy]]
use = "fifo"
[[policy]]
use = "peer:fake"
[[workload]]
use = "spawn-join"
with = { tasks = 100 }
[[workload]]
use = "yield"
with = { tasks = 2, yields = 10 }
[sweep]
repetitions = 1
[limits]
min_time = "5ms"
timeout = "5s"
[[claim]]
says = "a task of the fake takes 40 to 50 ns"
policy = "peer:fake"
plays = "fifo"
workload = "spawn-join"
metric = "ns_per_task"
low = 40
high = 50
unit = "ns"
"""


class PeersTest(CommandTest):
    def setUp(self):
        super().setUp()
        shipped = os.environ["ROTA_SHARE"]
        self.share = self.folder / "share"
        sources = self.share / "peers"
        sources.mkdir(parents=True)
        (self.share / "cmake").mkdir()
        shutil.copy(pathlib.Path(shipped) / "cmake" / "packages.sh", self.share / "cmake")
        shutil.copytree(pathlib.Path(shipped) / "script", self.share / "script")
        (sources / "catalogue.toml").write_text(CATALOGUE)
        (sources / "build.sh").write_text(BUILD)
        (sources / "fake.py").write_text(PEER)
        os.environ["ROTA_SHARE"] = str(self.share)
        self.addCleanup(os.environ.__setitem__, "ROTA_SHARE", shipped)
        self.addCleanup(os.environ.pop, "FAKE_PEER", None)
        self.write("versus.toml", DEFINITION)

    def only_run(self):
        (run,) = (self.folder / "runs").iterdir()
        return run

    def outcome_and_detail(self, run):
        """Of the fake's only cell."""
        manifest = json.loads((run / "manifest.json").read_text())
        (cell,) = [c for c in manifest["cells"] if c["request"]["policy"]["use"] == "peer:fake"]
        last = json.loads((run / "cells" / (cell["id"] + ".jsonl")).read_text().splitlines()[-1])
        return last["outcome"], last["detail"]
