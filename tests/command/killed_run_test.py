"""A run killed with -9 in the middle and resumed ends with the same cells as one that was not."""

import os
import signal
import subprocess
import time
import unittest

from support import PROGRAM, SMALL, CommandTest


class KilledRun(CommandTest):
    def test_resuming_does_only_what_is_missing(self):
        self.write("small.toml", SMALL.replace("repetitions = 2", "repetitions = 6\nseed = 5"))
        self.succeed("run", "small.toml", "--out", "whole")
        (whole,) = (self.folder / "whole").iterdir()

        # In a session of its own, so that the cell in flight dies with the runner.
        runner = subprocess.Popen([PROGRAM, "run", "small.toml", "--out", "killed"], cwd=self.folder,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        cells = lambda: list((self.folder / "killed").glob("*/cells/*.jsonl"))
        while len(cells()) < 5 and runner.poll() is None:
            time.sleep(0.005)
        os.killpg(runner.pid, signal.SIGKILL)
        runner.wait()
        (killed,) = (self.folder / "killed").iterdir()
        before = {file.name: file.stat().st_mtime_ns for file in cells()}
        outcomes = self.cells_of(killed)
        self.assertIn(None, outcomes.values(), "the run ended before it could be killed")
        self.assertGreaterEqual(len(before), 5)

        self.succeed("run", "--resume", str(killed))
        self.assertEqual(self.cells_of(killed), self.cells_of(whole))
        for name, written in before.items():
            self.assertEqual((killed / "cells" / name).stat().st_mtime_ns, written, f"{name} was measured again")
        rows = lambda run: {tuple(line.split(",")[:11]) for line in self.succeed("export", str(run)).splitlines()}
        self.assertEqual(len(rows(killed)), len(rows(whole)))


if __name__ == "__main__":
    unittest.main(verbosity=2)
