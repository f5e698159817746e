"""Follows docs/adding-a-policy.md to the letter in a copy of the tree, and then makes the mistake that it suggests."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from pages import blocks, commands

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
PAGE = SOURCE / "docs" / "adding-a-policy.md"
CONFORMANCE = ["test_schedulers", "test_policies"]  # driven by one thread, and in a runtime


def run(folder, *command, timeout=900):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=timeout)


class AddingAPolicy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="rota-policy-")
        cls.tree = pathlib.Path(cls.temporary.name) / "rota"
        shutil.copytree(SOURCE, cls.tree, ignore=shutil.ignore_patterns("build", "runs", ".git"))
        cls.header = cls.tree / "schedulers" / "random_pick.hpp"
        cls.header.write_text(next(b for b in blocks(PAGE, "cpp") if "class RandomPick" in b))
        # The same class: one definition, also when it is planted below.
        (cls.tree / "tests/schedulers/random_pick.hpp").write_text('#include "schedulers/random_pick.hpp"\n')
        with open(cls.tree / "schedulers" / "CMakeLists.txt", "a") as lists:
            lists.write(blocks(PAGE, "cmake")[0])

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def succeed(self, *command):
        done = run(self.tree, *command)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return done.stdout

    def conformance(self):
        """Builds and runs the generated tests of the policy, as `./rota test -R Policies` does: do they pass?"""
        cached = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        base = f"CCACHE_BASEDIR={self.tree}"
        self.succeed("env", base, "cmake", "--preset", "test", "-DROTA_TESTS=ON", *cached)
        self.succeed("env", base, "cmake", "--build", "build/test", "--target", *CONFORMANCE, "--parallel", "2")
        for program in CONFORMANCE:
            done = run(self.tree, f"build/test/tests/schedulers/{program}", "--gtest_filter=*Policies*random_pick*")
            self.assertRegex(done.stdout, r"Running [1-9]\d* tests? from")
            if done.returncode != 0:
                return False
        return True

    def plant(self):
        """Lets has_work say false, and gives back how to undo it."""
        text = self.header.read_text()
        planted = text.replace("return length_.load(Order::acquire) != 0; }", "return false; }")
        self.assertNotEqual(text, planted)
        self.header.write_text(planted)
        self.addCleanup(self.header.write_text, text)

    def assert_lost_wake_up_found(self, done):
        """Found as P3 and as nothing else, within the budget that the search was given; returns the first."""
        self.assertEqual(done.returncode, 1, done.stdout[-3000:] + done.stderr[-3000:])
        reports = json.loads(done.stdout)
        failed = [report["found"] for report in reports if not report["passed"]]
        self.assertGreater(len(failed), 0)
        self.assertEqual({found["id"] for found in failed}, {"P3"})
        self.assertTrue(any("PARKS" in found["interleaving"] for found in failed))
        return failed[0]

    def test_0_the_header_is_the_one_that_is_tested_sentence_by_sentence(self):
        self.assertEqual(self.header.read_text(), (SOURCE / "tests/schedulers/random_pick.hpp").read_text())

    def test_1_the_commands_of_the_page_work(self):
        self.assertIn("./rota check random-pick --budget 20s", commands(PAGE))
        for command in commands(PAGE):
            if not command.startswith("./rota test"):
                with self.subTest(command=command):
                    out = self.succeed("bash", "-ec", command)
                    self.assertIn("random-pick", out)

    def test_2_the_conformance_tests_cover_it_and_pass(self):
        self.assertTrue(self.conformance())

    def test_3_a_has_work_that_is_always_false_turns_them_red(self):
        self.plant()
        self.assertFalse(self.conformance())

    def test_4_a_has_work_that_is_always_false_is_found_in_seconds_and_can_be_replayed(self):
        self.plant()
        found = self.assert_lost_wake_up_found(
            run(self.tree, "./rota", "check", "random-pick", "--budget", "10s", "--json"))
        again = run(self.tree, "./rota", "check", "random-pick", "--replay", found["replay"], "--json")
        self.assertEqual(again.returncode, 1, again.stderr)
        self.assertEqual(json.loads(again.stdout)["trace_hash"], found["trace_hash"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
