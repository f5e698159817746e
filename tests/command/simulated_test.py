"""The simulated world from outside: the same definition gives the same trace, bad input is refused, reports say so."""

import csv
import io
import json
import unittest

from support import CommandTest

SIMULATED = """
question = "Does the simulated definition run?"
[world]
kind = "sim"
machine = "1s-8c"
[[policy]]
use = "fifo"
[[policy]]
use = "work-stealing"
[[workload]]
use = "fib"
with = { n = 10 }
expect = { fib = 55 }
[sweep]
workers = [1, 8]
repetitions = 2
seed = 7
"""


class Simulated(CommandTest):
    def rows(self, run):
        return list(csv.DictReader(io.StringIO(self.succeed("export", str(run), "--format", "csv"))))

    def run_it(self, text, *options):
        before = set((self.folder / "runs").iterdir()) if (self.folder / "runs").exists() else set()
        self.succeed("run", self.write("simulated.toml", text), *options)
        (run,) = set((self.folder / "runs").iterdir()) - before
        return run

    def test_two_runs_of_a_definition_have_the_same_traces(self):
        hashes = []
        for _ in range(2):
            rows = [row for row in self.rows(self.run_it(SIMULATED)) if row["metric"] == "trace_hash"]
            self.assertEqual(len(rows), 8)
            hashes.append(sorted((row["policy"], row["workers"], row["repetition"], row["value"]) for row in rows))
        self.assertEqual(*hashes)
        for value in (value for *_, value in hashes[0]):
            self.assertEqual(float(value), int(float(value)))
        self.assertNotEqual(hashes, [])

    def test_another_seed_gives_another_trace(self):
        text = SIMULATED.replace('use = "fifo"', 'use = "work-stealing"\nlabel = "again"')
        one, other = (
            {row["value"] for row in self.rows(self.run_it(text.replace("seed = 7", f"seed = {seed}")))
             if row["metric"] == "trace_hash" and row["workers"] == "8"}
            for seed in (7, 8))
        self.assertTrue(one.isdisjoint(other))

    def test_rows_name_the_world_and_the_machine(self):
        run = self.run_it(SIMULATED)
        for row in self.rows(run):
            self.assertEqual((row["world"], row["machine"]), ("sim", "1s-8c"))
        self.assertIn("[load]", (run / "machines" / "1s-8c.toml").read_text())
        self.assertEqual(set(self.cells_of(run).values()), {"ok"})
        manifest = json.loads((run / "manifest.json").read_text())
        self.assertEqual(list(manifest["machines"]), ["1s-8c"])
        self.assertNotIn("[load]", json.dumps(manifest["cells"]))  # the machine's text is there once

    def test_eight_workers_are_faster_than_one(self):
        text = SIMULATED.replace('use = "fib"\nwith = { n = 10 }\nexpect = { fib = 55 }',
                                 'use = "nqueens"\nwith = { n = 9, cutoff = 3, queen_time = "1us" }')
        time = {(row["policy"], row["workers"]): float(row["value"]) for row in self.rows(self.run_it(text))
                if row["metric"] == "sim_time"}
        self.assertLess(time["work-stealing", "8"], time["work-stealing", "1"])

    def test_a_table_and_a_page_say_that_figures_are_simulated(self):
        self.assertIn("sim", self.succeed("run", self.write("simulated.toml", SIMULATED)))
        self.succeed("report", "latest", "-o", "page.html")
        page = (self.folder / "page.html").read_text()
        for word in ["simulated", "1s-8c"]:
            self.assertIn(word, page)


class Refused(CommandTest):
    def check(self, old, new, *mentions):
        self.refuse("run", self.write("simulated.toml", SIMULATED.replace(old, new)), mentions=mentions)

    def test_more_workers_than_units(self):
        self.check("workers = [1, 8]", "workers = [1, 9]", "simulated.toml:", "workers", "8", "9")

    def test_an_unknown_machine_lists_those_there_are(self):
        self.check('"1s-8c"', '"9s-9c"', "simulated.toml:", "machine", "1s-8c", "8s-256c")

    def test_a_simulated_world_without_a_machine(self):
        self.check('machine = "1s-8c"', "", "simulated.toml:", "machine")

    def test_a_machine_in_the_real_world(self):
        self.check('kind = "sim"', 'kind = "real"', "simulated.toml:", "machine")

    def test_a_workload_that_needs_the_real_world(self):
        self.check('use = "fib"\nwith = { n = 10 }\nexpect = { fib = 55 }', 'use = "echo"', "simulated.toml:", "echo", "simulated")



if __name__ == "__main__":
    unittest.main()
