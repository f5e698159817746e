"""./rota in this checkout, as its users call it: silent with nothing to do, and its help is the program's."""

import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
BUILD = SOURCE / "build" / "release"
# What the script does itself. The program has a word of its own for the last two.
SCRIPT = {"test", "bench", "check", "bench-gate", "install", "package"}


def call(*arguments):
    return subprocess.run([SOURCE / "rota", *arguments], cwd=SOURCE, capture_output=True, text=True, timeout=1200)


def subcommands(text):
    """Name to what it does, of a list as CLI11 prints it; what is on further lines belongs to the one before."""
    return dict(re.findall(r"(?m)^  ([a-z][a-z-]*)  +(\S.*)$", text))


def files():
    return {path: path.stat().st_mtime_ns for path in BUILD.rglob("*") if path.is_file()}


class FirstMinute(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = call("list")  # builds what is out of date
        assert done.returncode == 0, done.stderr

    def test_with_nothing_to_do_it_says_nothing_and_rebuilds_nothing(self):
        before = files()
        self.assertGreater(len(before), 100)
        done = call("list")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("work-stealing", done.stdout)
        self.assertEqual(files(), before)

    def test_its_help_lists_what_the_program_lists_in_the_same_words(self):
        program = subprocess.run([BUILD / "command" / "rota", "--help"], capture_output=True, text=True, timeout=60)
        theirs, ours = subcommands(program.stdout), subcommands(call("--help").stdout)
        self.assertIn("run", theirs)
        self.assertEqual({name: ours.get(name) for name in theirs}, theirs)
        self.assertEqual(set(ours) - set(theirs), SCRIPT - set(theirs))
        self.assertLessEqual(SCRIPT, set(ours))


if __name__ == "__main__":
    unittest.main(verbosity=2)
