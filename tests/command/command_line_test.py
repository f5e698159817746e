"""The subcommands, as their users call them."""

import csv
import io
import json
import unittest

from support import SMALL, CommandTest


class Listing(CommandTest):
    def test_policies_as_json_name_the_four_with_guarantees_and_settings(self):
        policies = json.loads(self.succeed("list", "policies", "--json"))
        self.assertLessEqual({"fifo", "lifo-slot", "round-robin", "work-stealing"}, {p["name"] for p in policies})
        for policy in policies:
            keys = [key for key in policy if key not in ("preset", "leaves_out")]
            self.assertEqual(keys, ["name", "summary", "worlds", "guarantees", "config"])
            self.assertIn("work_conserving", policy["guarantees"])

    def test_every_kind_has_entries(self):
        for kind in ["policies", "workloads", "experiments", "machines", "reactors", "peers", "allocators"]:
            self.assertGreater(len(json.loads(self.succeed("list", kind, "--json"))), 0, kind)
        everything = self.succeed("list")
        for word in ["work-stealing", "spawn-join", "quickstart", "epoll"]:
            self.assertIn(word, everything)

    def test_describe_shows_guarantees_and_settings(self):
        text = self.succeed("describe", "work-stealing")
        for word in ["work conserving", "ring", "victim", "random", "nearest"]:
            self.assertIn(word, text)
        self.assertEqual(text, self.succeed("describe", "policy", "work-stealing"))

    def test_describe_shows_what_is_promised_with_the_settings_given(self):
        conserving = "work conserving: no worker sleeps while it could obtain a task (P2)"
        self.assertIn(conserving, self.succeed("describe", "lifo-slot"))
        text = self.succeed("describe", "lifo-slot", "--with", "steal=false", "--with", "limit=2")
        self.assertNotIn(conserving, text)
        self.assertIn("guarantees, with steal=false, limit=2", text)
        self.assertRegex(text, r"\n  steal +false ")
        described = json.loads(self.succeed("describe", "policy", "lifo-slot", "--with", "steal=false", "--json"))
        self.assertFalse(described["guarantees"]["work_conserving"])
        self.assertEqual(described["with"], {"steal": False})
        self.assertTrue(json.loads(self.succeed("describe", "lifo-slot", "--json"))["guarantees"]["work_conserving"])

    def test_every_workload_and_experiment_can_be_described(self):
        for kind in ["workloads", "experiments"]:
            for entry in json.loads(self.succeed("list", kind, "--json")):
                self.assertIn(entry["name"], self.succeed("describe", entry["name"]))

    def test_every_subcommand_has_help(self):
        for command in ["list", "describe", "run", "report", "export", "topology", "doctor", "cell"]:
            self.assertIn("rota " + command, self.succeed(command, "--help"))

    def test_topology_of_a_description_says_that_it_is_not_this_system(self):
        text = self.succeed("topology", "--synthetic", "numa:2 core:4 pu:2", "--workers", "4")
        self.assertIn("2 NUMA nodes, 8 cores, 16 processing units", text)
        self.assertIn("not this system", text)
        self.assertEqual(len(json.loads(self.succeed("topology", "--synthetic", "numa:2 core:4 pu:1", "--json"))["pus"]), 8)

    def test_doctor_reports_findings(self):
        findings = {f["what"]: f["level"] for f in json.loads(self.succeed("doctor", "--json"))}
        self.assertEqual(findings["reactor"], "ok")
        self.assertIn("hardware counters", findings)


class Running(CommandTest):
    def test_a_run_prints_its_table_and_can_be_exported_and_reported(self):
        definition = self.write("small.toml", SMALL)
        text = self.succeed("run", definition)
        for word in ["work-stealing", "spawn-join", "yield", "rota report"]:
            self.assertIn(word, text)
        (run,) = (self.folder / "runs").iterdir()
        self.assertEqual(set(self.cells_of(run).values()), {"ok"})
        rows = list(csv.DictReader(io.StringIO(self.succeed("export", str(run), "--format", "csv"))))
        self.assertEqual(",".join(rows[0]), "experiment,policy,policy_config,workload,workload_config,world,machine,"
                                            "workers,repetition,metric,unit,value")
        self.assertEqual({(r["policy"], r["workers"]) for r in rows if r["metric"] == "ns_per_task"
                          and "A/A" not in r["policy"]},
                         {(p, w) for p in ["fifo", "work-stealing"] for w in "12"})
        page = self.succeed("report", str(run)).strip().splitlines()[-1]
        self.assertIn("report.html", page)
        self.assertIn("Does the small definition run?", (run / "report.html").read_text())

    def test_the_newest_run_is_found_where_the_runs_were_put(self):
        self.succeed("run", self.write("small.toml", SMALL), "--only", "yield", "--set", "sweep.repetitions=1",
                     "--set", "sweep.workers=1,2", "--out", "elsewhere")
        (run,) = (self.folder / "elsewhere").iterdir()
        self.refuse("report", "latest", mentions=["latest", "runs"])
        self.succeed("report", "latest", "--out", "elsewhere")
        self.assertTrue((run / "report.html").exists())
        rows = list(csv.DictReader(io.StringIO(self.succeed("export", "latest", "--out", "elsewhere"))))
        self.assertEqual({row["workers"] for row in rows}, {"1", "2"})

    def test_a_dry_run_creates_nothing(self):
        text = self.succeed("run", self.write("small.toml", SMALL), "--dry-run")
        self.assertIn("spawn-join", text)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["small.toml"])

    def test_only_and_set_narrow_and_change_a_run(self):
        self.succeed("run", self.write("small.toml", SMALL), "--only", "yield", "--set", "policy=round-robin",
                     "--set", "sweep.workers=1", "--set", "sweep.repetitions=1")
        (run,) = (self.folder / "runs").iterdir()
        keys = [key for key in self.cells_of(run) if "A/A" not in key]
        self.assertEqual(len(keys), 1)
        self.assertTrue(keys[0].startswith("round-robin/yield"), keys)

    def test_a_wrong_answer_fails_the_run_and_is_listed(self):
        wrong = SMALL.replace("with = { tasks = 100 }", "with = { tasks = 100 }\nexpect = { tasks = 99 }")
        done = self.rota("run", self.write("wrong.toml", wrong))
        self.assertEqual(done.returncode, 1)
        self.assertIn("wrong", done.stdout + done.stderr)
        (run,) = (self.folder / "runs").iterdir()
        outcomes = self.cells_of(run)
        self.assertEqual({o for k, o in outcomes.items() if "spawn-join" in k}, {"wrong"})
        self.assertEqual({o for k, o in outcomes.items() if "/yield" in k}, {"ok"})

    def test_a_preset_stands_wherever_a_policy_can(self):
        listed = {policy["name"]: policy for policy in json.loads(self.succeed("list", "policies", "--json"))}
        self.assertEqual(listed["chase-lev"]["preset"]["family"], "work-stealing")
        self.assertNotIn("preset", listed["work-stealing"])
        described = self.succeed("describe", "spinning")
        self.assertIn("a preset of work-stealing", described)
        self.assertIn("spin = 5000", described)
        self.write("small.toml", SMALL)
        self.succeed("run", "small.toml", "--set", "policy=chase-lev,spinning,work-stealing", "--set",
                     "sweep.repetitions=1", "--out", "presets")
        (run,) = (self.folder / "presets").iterdir()
        self.assertEqual(set(self.cells_of(run).values()), {"ok"})
        for cell in json.loads((run / "manifest.json").read_text())["cells"]:
            request = cell["request"]
            name = request["policy"]["use"]
            self.assertEqual(request["policy"]["with"]["local"], "chase-lev" if name == "chase-lev" else "ring", name)
            self.assertEqual(request["runtime"].get("spin", 0), 5000 if name == "spinning" else 0, name)

    def test_a_cell_answers_a_request_by_json_lines(self):
        request = {"protocol": 1, "experiment": "by hand", "policy": {"label": "fifo", "use": "fifo", "with": {}},
                   "workload": {"label": "fib", "use": "fib", "with": {"n": 10}}, "world": "real", "workers": 1,
                   "placement": "none", "repetition": 0, "seed": 1, "min_time": "1ms", "max_iterations": 3,
                   "runtime": {}, "expect": {}}
        lines = [json.loads(line) for line in self.succeed("cell", stdin=json.dumps(request)).splitlines()]
        self.assertEqual(lines[0]["kind"], "start")
        self.assertEqual(lines[-1], {"kind": "end", "status": "ok"})
        self.assertTrue(any(line["kind"] == "metric" for line in lines))


if __name__ == "__main__":
    unittest.main(verbosity=2)
