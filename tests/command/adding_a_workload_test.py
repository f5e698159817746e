"""Follows docs/adding-a-workload.md to the letter in a copy of the tree, and then makes the mistake that it suggests."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from pages import blocks, commands

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
PAGE = SOURCE / "docs" / "adding-a-workload.md"


class AddingAWorkload(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="rota-workload-")
        cls.tree = pathlib.Path(cls.temporary.name) / "rota"
        shutil.copytree(SOURCE, cls.tree, ignore=shutil.ignore_patterns("build", "runs", ".git"))
        cls.header = cls.tree / "workloads" / "parallel_sum.hpp"
        cls.header.write_text(next(b for b in blocks(PAGE, "cpp") if "class ParallelSum" in b))
        (cls.tree / "parallel_sum.toml").write_text(blocks(PAGE, "toml")[0])
        with open(cls.tree / "workloads" / "CMakeLists.txt", "a") as lists:
            lists.write(blocks(PAGE, "cmake")[0])

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def run_in_tree(self, command, status=0):
        done = subprocess.run(["bash", "-ec", command], cwd=self.tree, capture_output=True, text=True, timeout=900)
        self.assertEqual(done.returncode, status, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return done.stdout

    def newest_run(self):
        return max((self.tree / "runs").glob("*/manifest.json"), key=lambda file: file.stat().st_mtime_ns).parent

    def cells(self):
        """Of the newest run: the lines of each cell."""
        return [[json.loads(line) for line in file.read_text().splitlines()]
                for file in sorted(self.newest_run().glob("cells/*.jsonl"))]

    def outcomes(self):
        return [line["outcome"] for cell in self.cells() for line in cell if line["kind"] == "outcome"]

    def test_1_the_commands_of_the_page_work_and_every_answer_is_right(self):
        told = commands(PAGE)
        self.assertEqual(len(told), 4)
        for command in told:
            with self.subTest(command=command):
                self.assertIn("parallel-sum", self.run_in_tree(command))
                if " run " not in command:
                    continue
                self.assertGreaterEqual(len(self.outcomes()), 4)
                self.assertEqual(set(self.outcomes()), {"ok"})
                for cell in self.cells():
                    self.assertEqual({line["got"] for line in cell if line.get("name") == "sum"}, {"500500"})

    def test_2_a_simulated_machine_shows_what_the_page_says(self):
        """A part takes its declared work; with sixteen workers one queue stays what all wait for, and queues do not."""
        self.run_in_tree(commands(PAGE)[-1])
        times = {}
        for cell in json.loads((self.newest_run() / "manifest.json").read_text())["cells"]:
            lines = (self.newest_run() / "cells" / f"{cell['id']}.jsonl").read_text().splitlines()
            value = next(line["value"] for line in map(json.loads, lines) if line.get("metric") == "ns_per_task")
            key = cell["request"]["policy"]["use"], cell["request"]["workers"]
            times[key] = max(value, times.get(key, 0))
        self.assertGreaterEqual(min(times["fifo", 1], times["work-stealing", 1]), 1000)
        self.assertLess(times["work-stealing", 16], times["work-stealing", 1] / 2)
        self.assertGreater(times["fifo", 16], times["fifo", 1] / 2)

    def test_3_the_mistake_of_the_page_is_found_in_every_cell(self):
        planted = self.header.read_text().replace("while (first < last)", "while (first + 1 < last)")
        self.assertIn("`while (first + 1 < last)`", PAGE.read_text())
        self.assertNotEqual(planted, self.header.read_text())
        self.header.write_text(planted)
        self.run_in_tree("./rota run parallel_sum.toml", status=1)
        self.assertEqual(set(self.outcomes()), {re.search(r"cell comes to `(.*?)`", PAGE.read_text())[1]})


if __name__ == "__main__":
    unittest.main(verbosity=2)
