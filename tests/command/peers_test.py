"""Peers from outside: built, listed, run beside policies, missing, misbehaving, and built anew."""

import json
import os
import pathlib
import shutil
import unittest

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

ALLOCATORS = """
[[allocator]]
name = "here"
package = "libc6"
library = "libBrokenLocale.so.1"

[[allocator]]
name = "absent"
package = "no-such-package-in-debian"
library = "libabsent.so.1"
"""

# Stands in for apt-get where a package that is installed is in the way.
APT = """#!/usr/bin/env bash
echo "$*" >>"$(dirname "$0")/calls"
if [[ $1 == update ]]; then exit 0; fi
cat <<'EOF'
Suggested packages:
  cargo-doc
The following packages will be REMOVED:
  cargo-web
  libmine-dev
The following NEW packages will be installed:
  cargo
EOF
echo "E: Packages need to be removed but remove is disabled." >&2
exit 100
"""

# Stands in for cargo and cmake: writes the program that is built.
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


TWO_ALLOCATORS = DEFINITION.replace("[[workload]]", """[[policy]]
use = "fifo"
allocator = "here"
[[policy]]
use = "peer:fake"
allocator = "absent"
[[workload]]""", 1)


class Peers(CommandTest):
    def setUp(self):
        super().setUp()
        shipped = os.environ["ROTA_SHARE"]
        self.share = self.folder / "share"
        sources = self.share / "workloads" / "peers"
        sources.mkdir(parents=True)
        (self.share / "cmake").mkdir()
        shutil.copy(pathlib.Path(shipped) / "cmake" / "packages.sh", self.share / "cmake")
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

    def test_building_says_what_was_built_and_records_it(self):
        self.assertIn("fake    Fake    missing: not built", self.succeed("peers", "list"))
        done = self.rota("peers", "build", "fake", "--yes")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("building fake: fake", done.stderr)
        record = json.loads((self.share / "build" / "peers" / "fake.json").read_text())
        self.assertEqual(set(record), {"name", "title", "version", "compiler", "program", "sha256", "packages"})
        self.assertEqual(done.stdout, f"fake {record['version']}\n")
        self.assertEqual(len(record["sha256"]), 64)
        self.assertTrue(record["packages"]["bash"].startswith(record["version"]))
        self.assertIn("bash", record["compiler"])
        text = self.succeed("peers", "list")
        self.assertIn(f"fake    Fake    {record['version']}", text)
        self.assertIn("broken  Broken  missing: not built", text)
        self.assertEqual(text, self.succeed("list", "peers"))

    def test_a_family_that_cannot_be_built_does_not_keep_the_others_from_it(self):
        done = self.rota("peers", "build", "--yes")
        self.assertEqual(done.returncode, 1)
        self.assertIn("the compiler gave up", done.stderr)
        self.assertIn("broken could not be built", done.stderr)
        peers = {p["name"]: p["missing"] for p in json.loads(self.succeed("list", "peers", "--json"))}
        self.assertEqual(peers, {"fake": "", "broken": "not built"})

    def test_an_unknown_peer_names_the_known_ones(self):
        self.refuse("peers", "build", "quack", mentions=["quack", "fake, broken"])
        self.refuse("run", "versus.toml", "--set", "policy=peer:quack", mentions=["peer:quack", "peer:fake"])

    def test_the_doctor_says_what_is_missing(self):
        def finding():
            return next(f for f in json.loads(self.succeed("doctor", "--json")) if f["what"] == "peers")
        self.assertEqual(finding(), {"what": "peers", "level": "note",
                                     "says": "none is built; to build them: rota peers build"})
        self.succeed("peers", "build", "fake", "--yes")
        self.assertEqual(finding()["level"], "note")
        self.assertIn("missing: broken (not built)", finding()["says"])

    def test_a_plan_says_what_is_not_spoken_and_what_is_missing(self):
        text = self.succeed("run", "versus.toml", "--dry-run")
        self.assertIn("not spoken by peer:fake: yield\n", text)
        self.assertIn("missing: peer:fake (not built); to build them: rota peers build\n", text)
        self.succeed("peers", "build", "fake", "--yes")
        self.assertNotIn("missing", self.succeed("run", "versus.toml", "--dry-run"))

    def test_a_peer_runs_beside_a_policy(self):
        self.succeed("peers", "build", "fake", "--yes")
        text = self.succeed("run", "versus.toml")
        self.assertIn("peer:fake", text)
        self.assertNotIn("Missing", text)
        run = self.only_run()
        self.assertEqual(set(self.cells_of(run).values()), {"ok"})
        self.assertEqual(self.outcome_and_detail(run), ("ok", ""))
        manifest = json.loads((run / "manifest.json").read_text())
        record = json.loads((self.share / "build" / "peers" / "fake.json").read_text())
        for key in ["version", "sha256", "program", "packages", "compiler"]:
            self.assertEqual(manifest["peers"]["fake"][key], record[key])
        self.assertEqual(manifest["not_spoken"], [{"policy": "peer:fake", "workload": "yield", "workers": 0}])
        self.assertEqual(manifest["claims"][0]["policy"], "peer:fake")
        rows = [row.split(",") for row in self.succeed("export", str(run)).splitlines()]
        self.assertEqual([row[-1] for row in rows if row[1] == "peer:fake"], ["42"])

    def test_a_peer_that_is_not_built_is_said_to_be_missing_and_the_rest_is_measured(self):
        text = self.succeed("run", "versus.toml")
        self.assertIn("Missing peers: fake (not built); 1 of their cells were not measured. "
                      "To build them: rota peers build fake", text)
        run = self.only_run()
        self.assertEqual(self.outcome_and_detail(run), ("missing", "peer fake: not built"))
        self.assertEqual(sorted(self.cells_of(run).values()), ["missing", "ok", "ok", "ok", "ok"])

    def use_allocators(self):
        (self.share / "workloads" / "peers" / "catalogue.toml").write_text(CATALOGUE + ALLOCATORS)
        self.write("versus.toml", TWO_ALLOCATORS)

    def test_an_allocator_that_is_not_installed_is_said_to_be_missing_and_the_rest_is_measured(self):
        self.succeed("peers", "build", "fake", "--yes")
        self.use_allocators()
        plan = self.succeed("run", "versus.toml", "--dry-run")
        self.assertIn("missing: absent, for peer:fake absent (package no-such-package-in-debian); to install it: "
                      "rota peers build, or apt-get install no-such-package-in-debian\n", plan)
        text = self.succeed("run", "versus.toml")
        self.assertIn("Missing allocator: absent (package no-such-package-in-debian); 1 cells were not measured. "
                      "To install it: rota peers build, or apt-get install no-such-package-in-debian\n", text)
        run = self.only_run()
        cells = self.cells_of(run)
        self.assertEqual(cells.pop("peer:fake absent/spawn-join/w1/compact/b0"), "missing")
        self.assertEqual(cells["fifo here/spawn-join/w1/compact/b0"], "ok")
        self.assertEqual(set(cells.values()), {"ok"})
        manifest = json.loads((run / "manifest.json").read_text())
        self.assertEqual(set(manifest["allocators"]), {"glibc", "here", "absent"})
        self.assertEqual(manifest["allocators"]["here"]["version"], manifest["allocators"]["glibc"]["version"])
        self.assertTrue(manifest["allocators"]["here"]["library"].endswith("/libBrokenLocale.so.1"))

    def test_an_unknown_allocator_is_refused(self):
        self.use_allocators()
        self.write("bad.toml", TWO_ALLOCATORS.replace('"here"', '"hear"'))
        line = next(n for n, text in enumerate(TWO_ALLOCATORS.splitlines(), 1) if "here" in text)
        self.refuse("run", "bad.toml", mentions=[f"bad.toml:{line}: policy.allocator: expected one of glibc, here, absent, "
                                                 'got "hear"'])

    def test_building_installs_the_allocators_too_and_says_so(self):
        allocators = ALLOCATORS[:ALLOCATORS.rindex("[[allocator]]")]
        (self.share / "workloads" / "peers" / "catalogue.toml").write_text(CATALOGUE + allocators)
        done = self.rota("peers", "build", "fake", "--yes")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("allocators that a definition may name for its policies: libc6", done.stderr)

    def test_what_the_environment_says_of_allocators_is_left_out_and_said(self):
        os.environ["MALLOC_ARENA_MAX"] = "1"
        self.addCleanup(os.environ.pop, "MALLOC_ARENA_MAX", None)
        done = self.rota("run", "versus.toml", "--only", "fifo")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("rota: cells are started without these variables of the environment: MALLOC_ARENA_MAX\n", done.stderr)

    def test_no_package_is_removed_for_those_that_peers_need(self):
        bin = self.folder / "bin"
        bin.mkdir()
        for name, text in {"apt-get": APT, "sudo": '#!/usr/bin/env bash\n"$@"\n'}.items():
            (bin / name).write_text(text)
            (bin / name).chmod(0o755)
        catalogue = CATALOGUE.replace('packages = ["bash"]', 'packages = ["bash", "no-such-package-in-debian"]', 1)
        (self.share / "workloads" / "peers" / "catalogue.toml").write_text(catalogue)
        path = os.environ["PATH"]
        os.environ["PATH"] = f"{bin}:{path}"
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        done = self.rota("peers", "build", "fake", "--yes")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("rota: nothing was installed: apt would have to remove cargo-web libmine-dev, which Rota never does",
                      done.stderr)
        self.assertIn("by hand: ", done.stderr)
        calls = (bin / "calls").read_text().splitlines()
        self.assertEqual([call for call in calls if "--no-remove" not in call.split()], ["update -qq"])
        self.assertEqual(len(calls), 2)

    def run_that_misbehaves(self, how, status=1):
        self.succeed("peers", "build", "fake", "--yes")
        os.environ["FAKE_PEER"] = how
        done = self.rota("run", "versus.toml", "--set", "limits.timeout=1s")
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        run = self.only_run()
        self.assertEqual(sorted(self.cells_of(run).values()).count("ok"), 4)
        return self.outcome_and_detail(run)

    def test_a_crash_is_recorded(self):
        self.assertEqual(self.run_that_misbehaves("crash"), ("crashed", "signal 6 (Aborted)"))

    def test_a_hang_is_recorded(self):
        self.assertEqual(self.run_that_misbehaves("hang"), ("hung", "still running after 1 s"))

    def test_a_wrong_answer_is_recorded(self):
        self.assertEqual(self.run_that_misbehaves("wrong"), ("wrong", "tasks: expected 100, got 7"))

    def test_another_version_in_the_start_line_is_refused(self):
        outcome, detail = self.run_that_misbehaves("another version")
        self.assertEqual(outcome, "refused")
        self.assertIn("got fake 0.0.1", detail)

    def test_a_run_that_goes_on_refuses_a_peer_that_was_built_anew(self):
        self.succeed("peers", "build", "fake", "--yes")
        self.succeed("run", "versus.toml")
        run = self.only_run()
        manifest = json.loads((run / "manifest.json").read_text())
        (cell,) = [c["id"] for c in manifest["cells"] if c["request"]["policy"]["use"] == "peer:fake"]
        (run / "cells" / (cell + ".jsonl")).unlink()
        (self.share / "workloads" / "peers" / "fake.py").write_text(PEER + "# another build\n")
        self.succeed("peers", "build", "fake", "--yes")
        done = self.rota("run", "--resume", str(run))
        self.assertEqual(done.returncode, 1)
        outcome, detail = self.outcome_and_detail(run)
        self.assertEqual(outcome, "refused")
        now = json.loads((self.share / "build" / "peers" / "fake.json").read_text())
        for text in [manifest["peers"]["fake"]["sha256"][:12], now["sha256"][:12], now["version"]]:
            self.assertIn(text, detail)


if __name__ == "__main__":
    unittest.main(verbosity=2)
