"""Runs every command that the README prints, in a clone of this checkout."""

import os
import pathlib
import subprocess
import unittest

from pages import commands

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
# This test is part of what it starts.
RECURSIVE = {"./rota test"}


class Readme(unittest.TestCase):
    def test_its_commands_work(self):
        ran = 0
        for command in commands(SOURCE / "README.md"):
            if command in RECURSIVE or command.startswith(("git clone", "cd ")):
                continue
            with self.subTest(command=command):
                done = subprocess.run(["bash", "-ec", command], cwd=SOURCE, capture_output=True, text=True, timeout=600)
                self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])
                ran += 1
        self.assertGreaterEqual(ran, 4)

    def test_its_folder_table_names_every_folder(self):
        text = (SOURCE / "README.md").read_text()
        folders = {p.name for p in SOURCE.iterdir() if (p / "CMakeLists.txt").exists()} - {"build"}
        self.assertEqual([f for f in sorted(folders) if f"`{f}/`" not in text], [])

    def test_its_table_is_what_the_program_prints(self):
        """The output shown is real: same policies, workloads and headings as a run prints."""
        text = (SOURCE / "README.md").read_text()
        for word in ["spawn-join", "work-stealing", "round-robin", "lifo-slot", "fifo"]:
            self.assertIn(word, text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
