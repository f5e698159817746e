"""Runs the program in an empty folder and hands over what it printed."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("ROTA_PROGRAM", "")


class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="rota-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def rota(self, *arguments, timeout=120, stdin=""):
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, input=stdin, capture_output=True, text=True,
                              timeout=timeout)

    def succeed(self, *arguments, **options):
        done = self.rota(*arguments, **options)
        self.assertEqual(done.returncode, 0, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def refuse(self, *arguments, mentions, **options):
        """Status 2, one line on the standard error that mentions all of these, nothing on the standard output."""
        done = self.rota(*arguments, **options)
        self.assertEqual(done.returncode, 2, f"{arguments}\n{done.stdout}\n{done.stderr}")
        lines = done.stderr.strip().splitlines()
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertTrue(lines[0].startswith("rota: "), lines[0])
        for word in mentions:
            self.assertIn(word, lines[0])
        self.assertEqual(done.stdout, "")
        return lines[0]

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return name

    def cells_of(self, run):
        """Key of each cell of a run, to its outcome."""
        manifest = json.loads((run / "manifest.json").read_text())
        outcomes = {}
        for cell in manifest["cells"]:
            file = run / "cells" / (cell["id"] + ".jsonl")
            lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
            outcomes[cell["key"]] = next((l["outcome"] for l in lines if l["kind"] == "outcome"), None)
        return outcomes


SMALL = """
question = "Does the small definition run?"
[world]
kind = "real"
[[policy]]
use = "fifo"
[[policy]]
use = "work-stealing"
[[workload]]
use = "spawn-join"
with = { tasks = 100 }
[[workload]]
use = "yield"
with = { tasks = 2, yields = 100 }
[sweep]
workers = [1, 2]
repetitions = 2
[limits]
min_time = "5ms"
"""
