"""--json: one document on the standard output and nothing else, with the members that docs/json.md names."""

import json
import os
import pathlib
import signal
import subprocess
import unittest

import support
from pages import members
from support import SMALL, CommandTest

PAGE = pathlib.Path(os.environ["ROTA_SHARE"]) / "docs" / "json.md"
LINES = """
[[claim]]
row = "spawn-join, 1 worker"
workload = "spawn-join"
workers = 1
metric = "ns_per_task"
ours = ["fifo"]
at_most = 1000000
unit = "ns"
"""


class Json(CommandTest):
    def document(self, *arguments, status=0):
        done = self.rota(*arguments, "--json")
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)

    def assert_members(self, document, heading, table=0, more=()):
        self.assertEqual(list(document), [*members(PAGE, heading, table), *more])

    def test_what_is_described_has_the_members_of_the_page(self):
        for name, heading in {"fifo": "A policy", "machine host": "A machine", "quickstart": "An experiment"}.items():
            self.assert_members(self.document("describe", *name.split()), heading)
        workload = self.document("describe", "yield")
        self.assertEqual(set(workload), {*members(PAGE, "A workload")})
        preset = self.document("describe", "lifo-slot", "--with", "steal=false")
        self.assert_members(preset, "A policy", more=["with"])

    def test_a_plan_says_what_would_be_run(self):
        (plan,) = self.document("run", self.write("small.toml", SMALL), "--dry-run")["plans"]
        self.assertEqual(list(plan), members(PAGE, "An experiment") + members(PAGE, "rota run --dry-run"))
        self.assertEqual(len(plan["cells"]), 2 * 2 * 2 + 2)
        self.assertEqual(plan["cells"][0], {"policy": "fifo", "workload": "spawn-join", "workers": 1,
                                            "placement": "compact", "world": "real", "machine": "host"})
        self.assertEqual([p.name for p in self.folder.iterdir()], ["small.toml"])

    def test_a_run_and_its_report_say_the_same(self):
        ran = self.document("run", self.write("small.toml", SMALL + LINES))
        self.assert_members(ran, "rota run")
        (run,) = ran["runs"]
        self.assert_members(run, "rota run", 1)
        self.assertEqual((ran["status"], run["outcomes"], run["cells"]), (0, {"ok": 20}, 20))
        self.assertEqual([verdict["verdict"] for verdict in run["verdicts"]], ["met"])
        for figure in run["figures"]:
            self.assert_members(figure, "rota run", 2)
            self.assert_members(figure["value"], "rota run", 3)
            self.assertEqual(figure["value"]["processes"], 2)
            self.assertLessEqual(figure["value"]["low"], figure["value"]["median"])
        self.assertEqual({(f["policy"], f["workers"]) for f in run["figures"]
                          if f["metric"] == "ns_per_task" and not f["control"]},
                         {(policy, workers) for policy in ["fifo", "work-stealing"] for workers in [1, 2]})
        reported = self.document("report", "latest")
        self.assert_members(reported, "rota report")
        self.assertEqual(reported["runs"], ran["runs"])
        self.assertTrue((self.folder / reported["page"]).is_file())

    def test_a_run_that_failed_is_a_document_too(self):
        wrong = SMALL.replace("with = { tasks = 100 }", "with = { tasks = 100 }\nexpect = { tasks = 99 }")
        ran = self.document("run", self.write("wrong.toml", wrong), "--set", "sweep.repetitions=1", status=1)
        (run,) = ran["runs"]
        self.assertEqual((ran["status"], run["outcomes"]["wrong"], run["outcomes"]["ok"]), (1, 5, 5))
        self.assertEqual({figure["workload"] for figure in run["figures"]}, {"yield"})
        self.assertEqual(sum(one["cells"] for one in run["discarded"]), 5)

    def test_a_run_that_was_stopped_is_a_document_and_so_is_its_rest(self):
        self.write("small.toml", SMALL)
        process = subprocess.Popen([support.PROGRAM, "run", "small.toml", "--json", "--only", "yield", "--set",
                                    "sweep.repetitions=10"], cwd=self.folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        while not process.stderr.readline().startswith("[1/50]"):
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        stopped = json.loads(process.communicate(timeout=120)[0])
        (run,) = stopped["runs"]
        self.assertEqual((process.returncode, stopped["status"]), (130, 130))
        self.assertGreater(run["outcomes"]["pending"], 0)
        rest = self.document("run", "--resume", run["run"])
        self.assertEqual((rest["status"], rest["runs"][0]["outcomes"]), (0, {"ok": 50}))

    def test_checks_and_what_goes_with_them(self):
        for report in self.document("check", "fifo", "--budget", "200ms"):
            self.assert_members(report, "rota check")
        said = self.rota("check", "fifo", "--replay", "rota0/fifo/sc/w1:t0=/3563/1").stderr
        word = said.split("this build reads ")[1].strip() + "/fifo/sc/w1:t0=/3563/1"
        self.assertEqual(self.document("check", "fifo", "--replay", word), {"passed": True})
        self.assertEqual(list(self.document("check", "--explain", "P3")), ["id", "statement", "decided_by"])

    def test_bad_input_is_a_line_and_no_document(self):
        for command in (["run", "quickstrat"], ["report", "nothing"], ["describe", "nothing"], ["list", "nothing"]):
            self.refuse(*command, "--json", mentions=["noth" if "nothing" in command else "quickstrat"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
