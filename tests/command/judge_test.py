"""rota judge: three stages, each only if the one before passed; one document; what is held out is not told."""

import json
import os
import pathlib
import shutil
import unittest
import unittest.mock

from pages import members
from support import PROGRAM, CommandTest

PAGE = pathlib.Path(os.environ["ROTA_SHARE"]) / "docs" / "judging.md"
EXPERIMENT = """
[world]
kind = ["real", "sim"]
machine = "1s-8c"
[[policy]]
use = "work-stealing"
[[workload]]
use = "fib"
with = { n = 10 }
expect = { fib = 55 }
[sweep]
workers = [1, 8]
repetitions = 1
[limits]
min_time = "5ms"
"""
REPORT = {"subject": "fifo", "what": "conformance", "memory": "sc", "strategy": "random", "passed": True,
          "checked_too_little": [], "complete": False, "programs": 7, "executions": 1000, "steps": 9, "seconds": 0.1,
          "classes": {}}
FOUND = {"id": "P3", "sentence": "no lost wake-up", "program": "w1:t0=", "replay": "rota2/fifo/sc/w1:t0=/3563/1",
         "trace_hash": "0", "executions": 36, "seconds": 0.0, "shrink_steps": 5, "interleaving": ""}


class JudgeTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.write("small.toml", EXPERIMENT)

    def judge(self, *arguments, status, environment=None):
        done = self.rota("judge", "fifo", "--experiment", "small.toml", *arguments, "--json",
                         environment=environment)
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)

    def rota(self, *arguments, environment=None, **options):
        with unittest.mock.patch.dict(os.environ, environment or {}):
            return super().rota(*arguments, **options)


class WithOtherCheck(JudgeTest):
    """The program beside a check that says what it is told to, and what cells need, as it is."""

    def setUp(self):
        super().setUp()
        built = pathlib.Path(PROGRAM).parent
        programs = self.folder / "programs"
        programs.mkdir()
        shutil.copy(PROGRAM, programs / "rota")
        for name in ("rota-cell", "rota-simulate"):
            (programs / name).symlink_to(built / name)
        self.check = programs / "rota-check"
        patched = unittest.mock.patch("support.PROGRAM", str(programs / "rota"))
        patched.start()
        self.addCleanup(patched.stop)
        self.check_says(REPORT)

    def check_says(self, *reports, status=0, before=""):
        (self.folder / "reports.json").write_text(json.dumps(reports))
        self.check.write_text(f"#!/usr/bin/env bash\necho \"$@\" >>{self.folder}/asked\n{before}\n"
                              f"cat {self.folder}/reports.json\nexit {status}\n")
        self.check.chmod(0o755)

    def asked(self):
        file = self.folder / "asked"
        return file.read_text().splitlines() if file.exists() else []


class Judging(JudgeTest):
    def test_a_policy_that_is_right_passes_every_stage(self):
        document = self.judge("--budget", "1s", "-o", "verdict.json", status=0)
        self.assertEqual(json.loads((self.folder / "verdict.json").read_text()), document)
        self.assertEqual(list(document), members(PAGE, "The document"))
        self.assertEqual([document[key] for key in ("policy", "verdict", "stage", "why")],
                         ["fifo", "pass", "measure", ""])
        common = members(PAGE, "The document", 1)
        self.assertEqual(list(document["check"]), common + ["searches", "found"])
        for search in document["check"]["searches"]:
            self.assertEqual(list(search), members(PAGE, "The document", 2))
        self.assertEqual(len(document["check"]["searches"]), 6)
        for stage, world, workers in (("simulate", "sim", {1, 8}), ("measure", "real", None)):
            self.assertEqual(list(document[stage]), common + ["runs"])
            (run,) = document[stage]["runs"]
            self.assertEqual({figure["world"] for figure in run["figures"]}, {world})
            policies = {figure["policy"] for figure in run["figures"] if not figure["control"]}
            self.assertEqual(policies, {"fifo", "work-stealing"})
            self.assertTrue((self.folder / run["run"] / "manifest.json").is_file())
            measured = {figure["workers"] for figure in run["figures"]}
            self.assertEqual(measured, workers or {n for n in (1, 8) if n <= len(os.sched_getaffinity(0))})


class Stopping(WithOtherCheck):
    def test_what_the_check_finds_ends_it(self):
        self.check_says(REPORT, {**REPORT, "passed": False, "found": FOUND}, status=1)
        document = self.judge(status=1)
        self.assertEqual([document[key] for key in ("verdict", "stage", "why", "simulate", "measure")],
                         ["fail", "check", "P3: no lost wake-up", None, None])
        found = document["check"]["found"]
        self.assertLessEqual(set(members(PAGE, "The document", 3)), set(found))
        self.assertEqual((found["program"], found["replay"]), (FOUND["program"], FOUND["replay"]))
        self.assertEqual([search["passed"] for search in document["check"]["searches"]], [True, False])
        self.assertFalse((self.folder / "runs").exists())
        done = self.rota("judge", "fifo", "--experiment", "small.toml")
        self.assertEqual(done.returncode, 1)
        for words in ("w1:t0=", "rota check fifo --replay rota2/fifo/sc/w1:t0=/3563/1", "verdict: fail"):
            self.assertIn(words, done.stdout)

    def test_a_check_that_checked_too_little_or_did_not_end_well_is_no_pass(self):
        self.check_says({**REPORT, "passed": False, "checked_too_little": ["timers: 1 % of programs"]}, status=1)
        self.assertEqual(self.judge(status=1)["why"], "checked too little: timers: 1 % of programs")
        self.check_says(before="kill -SEGV $$")
        self.assertEqual(self.judge(status=1)["why"], "crashed: the check ended by signal 11")

    def test_a_wrong_answer_of_the_simulation_ends_it(self):
        self.write("small.toml", EXPERIMENT.replace("fib = 55", "fib = 56"))
        document = self.judge(status=1)
        self.assertEqual([document[key] for key in ("verdict", "stage", "measure")], ["fail", "simulate", None])
        self.assertRegex(document["why"], "4 of 4 cells failed; the first, .*, wrong: ")
        self.assertEqual(document["simulate"]["runs"][0]["outcomes"], {"wrong": 4})

    def test_a_claim_that_is_not_met_ends_it(self):
        self.write("small.toml", EXPERIMENT + """
[[claim]]
row = "faster than light"
workload = "fib"
workers = 1
metric = "ns_per_call"
ours = ["work-stealing"]
at_most = 1e-6
unit = "ns"
""")
        document = self.judge(status=1)
        self.assertEqual((document["stage"], document["simulate"]["outcome"]), ("measure", "pass"))
        self.assertIn("faster than light", document["why"])

    def test_it_goes_no_further_than_it_is_told(self):
        document = self.judge("--until", "check", status=0)
        self.assertEqual([document[key] for key in ("verdict", "stage", "simulate")], ["pass", "check", None])
        self.assertFalse((self.folder / "runs").exists())
        self.assertEqual(self.judge("--until", "simulate", status=0)["measure"], None)

    def test_an_experiment_without_simulated_cells_has_none(self):
        self.write("small.toml", EXPERIMENT.replace('["real", "sim"]', '"real"').replace('machine = "1s-8c"', ""))
        document = self.judge(status=0)
        self.assertEqual((document["simulate"]["outcome"], document["measure"]["outcome"]), ("none", "pass"))


class HeldOut(WithOtherCheck):
    def test_seeds_and_machines_are_used_and_not_told(self):
        (self.folder / "secret").mkdir()
        machine = pathlib.Path(os.environ["ROTA_SHARE"]) / "experiments" / "machines" / "1s-8c.toml"
        shutil.copy(machine, self.folder / "secret" / "hidden.toml")
        (self.folder / "secret" / "held-out.toml").write_text(
            'seeds = [471147114711, 815815815815]\nmachines = ["hidden.toml", "2s-64c"]\n')
        done = self.rota("judge", "fifo", "--experiment", "small.toml", "--held-out", "secret/held-out.toml",
                         "--budget", "4s", "--until", "simulate", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([line.split("--budget ")[1] for line in self.asked()],
                         ["2s --seed 471147114711", "2s --seed 815815815815"])
        document = json.loads(done.stdout)
        runs = document["simulate"]["runs"]
        self.assertEqual([{figure["machine"] for figure in run["figures"]} for run in runs],
                         [{"hidden", "2s-64c"}, {"hidden", "2s-64c"}])
        for text in (done.stdout, done.stderr):
            self.assertNotRegex(text, "471147114711|815815815815")
        seeds = [json.loads((self.folder / run["run"] / "manifest.json").read_text())["seed"] for run in runs]
        self.assertEqual(seeds, [471147114711, 815815815815])
        self.assertEqual({pathlib.Path(run["run"]).parent for run in runs}, {pathlib.Path("secret/runs")})
        self.assertFalse((self.folder / "runs").exists())


class Building(WithOtherCheck):
    def built(self, *arguments, fails="none", status):
        """The targets of each call of what ROTA_BUILD names, and the document."""
        self.write("builder", f"#!/usr/bin/env bash\necho \"$*\" | tee -a targets\n[[ $* != *{fails}* ]]\n")
        (self.folder / "builder").chmod(0o755)
        (self.folder / "targets").unlink(missing_ok=True)
        document = self.judge(*arguments, status=status, environment={"ROTA_BUILD": str(self.folder / "builder")})
        return (self.folder / "targets").read_text().splitlines(), document

    def test_what_a_stage_needs_is_built_when_it_begins(self):
        check, simulate, measure = "rota_check rota-check-fifo", "rota_simulate", "rota_cell"
        self.assertEqual(self.built("--until", "check", status=0)[0], [check])
        self.assertEqual(self.built(status=0)[0], [check, simulate, measure])
        self.check_says({**REPORT, "passed": False, "found": FOUND}, status=1)
        self.assertEqual(self.built(status=1)[0], [check])

    def test_what_does_not_compile_fails_in_its_stage(self):
        for target, stage in {"rota-check": "check", "rota_simulate": "simulate", "rota_cell": "measure"}.items():
            document = self.built(fails=target, status=1)[1]
            self.assertEqual((document["verdict"], document["stage"]), ("fail", stage))
            self.assertIn("does not compile", document["why"])


class Refused(WithOtherCheck):
    def refuse_judge(self, *arguments, mentions):
        self.refuse("judge", *arguments, mentions=mentions)
        self.assertEqual((self.asked(), (self.folder / "runs").exists()), ([], False))

    def test_bad_input_is_a_line_and_nothing_is_started(self):
        self.refuse_judge("fif", mentions=["fif", "did you mean fifo?"])
        self.refuse_judge("local:fifo", mentions=["local:fifo"])
        self.refuse_judge(mentions=["POLICY"])
        self.refuse_judge("fifo", "--experiment", "jugde", mentions=["jugde", "did you mean judge?"])
        self.refuse_judge("fifo", "--budget", "10", mentions=["--budget", "10"])
        self.refuse_judge("fifo", "--until", "simulat", mentions=["--until", "did you mean simulate?"])
        self.refuse_judge("fifo", "--held-out", "nothing.toml", mentions=["nothing.toml"])

    def test_a_file_of_what_is_held_out_is_read_with_care(self):
        for text, mentions in {'seds = [1]': ["seds", "did you mean seeds?"], "": ["seeds, machines, or both"],
                               'seeds = ["a"]': ["seeds", "integers", '"a"'], "seeds = [-1]": ["seeds", "-1"],
                               'machines = ["8s-256"]': ["machines", "did you mean 8s-256c?"],
                               'machines = ["none.toml"]': ["machines", "none.toml"],
                               "machines = [1]": ["machines", "1"]}.items():
            self.write("held-out.toml", text)
            self.refuse_judge("fifo", "--held-out", "held-out.toml", mentions=["held-out.toml", *mentions])

    def test_a_check_that_cannot_be_called_is_bad_input(self):
        self.check.unlink()
        done = self.rota("judge", "fifo", "--experiment", "small.toml", "--json")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("rota-check", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
