"""rota needs: which programs beside rota a command line goes on to, so that ./rota compiles no others."""

import os
import pathlib
import unittest

from support import SMALL, CommandTest

MIXED = SMALL.replace('kind = "real"', 'kind = ["real", "sim"]\nmachine = "1s-8c"')
REAL, SIMULATED = "rota_cell", "rota_simulate"
TARGETS = (pathlib.Path(os.environ["ROTA_SHARE"]) / "command" / "CMakeLists.txt").read_text()


class Needs(CommandTest):
    def needs(self, *words, **options):
        """The targets; asking never fails, and says nothing."""
        targets = self.targets(*words, **options)
        for target in targets:
            self.assertRegex(TARGETS, rf"add_executable\({target}\b")
        return targets

    def targets(self, *words, **options):
        done = self.rota("needs", *words, **options)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout.split()

    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL)
        self.write("mixed.toml", MIXED)

    def test_a_run_on_real_threads_needs_no_simulator(self):
        for words in (["quickstart"], ["small.toml"], ["small.toml", "--only", "yield", "--seed", "1"],
                      ["mixed.toml", "--set", "world.kind=real"]):
            self.assertEqual(self.needs("run", *words), [REAL], words)

    def test_a_run_that_has_simulated_cells_needs_it(self):
        for words in (["sim-vs-real"], ["mixed.toml"], ["small.toml", "mixed.toml"]):
            self.assertEqual(self.needs("run", *words), [REAL, SIMULATED], words)

    def test_a_run_that_has_no_other_needs_nothing_else(self):
        for words in (["numa-scaling"], ["small.toml", "--set", "world.kind=sim", "--set", "world.machine=1s-8c"]):
            self.assertEqual(self.needs("run", *words), [SIMULATED], words)

    def test_a_dry_run_needs_nothing(self):
        self.assertEqual(self.needs("run", "mixed.toml", "--dry-run"), [])

    def test_a_run_that_goes_on_needs_what_it_began_with(self):
        for name, needed in (("small", [REAL]), ("mixed", [REAL, SIMULATED])):
            self.rota("run", name + ".toml", "--set", "sweep.repetitions=1", "--only", "yield", "--out", name)
            self.assertEqual(self.needs("run", "--resume", "latest", "--out", name), needed)
            (run,) = (self.folder / name).iterdir()
            self.assertEqual(self.needs("run", "--resume", str(run)), needed)

    def test_a_cell_may_be_of_each_world_and_its_request_is_left_alone(self):
        self.assertEqual(self.needs("cell", stdin="not json"), [REAL, SIMULATED])

    def test_a_judgement_needs_the_check_of_its_policy_first(self):
        for words in (["fifo"], ["--budget", "1s", "fifo"], ["fifo", "--until", "check"]):
            self.assertEqual(self.targets("judge", *words), ["rota_check", "rota-check-fifo"], words)
        self.assertEqual(self.targets("judge", "chase-lev"), ["rota_check", "rota-check-work-stealing"])
        self.assertEqual(self.targets("judge", "no-such-policy"), [])

    def test_all_else_needs_nothing_and_errors_are_left_to_the_call_itself(self):
        for words in ([], ["list"], ["report", "latest"], ["judge"], ["judge", "fifo", "--until"], ["run", "--help"], ["--help"], ["rnu"], ["run"],
                      ["run", "no-such-definition"], ["run", "--resume", "no-such-run"], ["run", "small.toml", "--no"],
                      ["cell", "surplus"]):
            self.assertEqual(self.needs(*words), [], words)

    def test_it_is_hidden(self):
        self.assertNotIn("needs", self.succeed("--help").split("The first minute")[0])


if __name__ == "__main__":
    unittest.main(verbosity=2)
