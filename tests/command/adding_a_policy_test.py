"""Follows docs/adding-a-policy.md to the letter in a copy of the tree, and then makes the mistake that it suggests."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from pages import blocks, commands

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
PAGE = SOURCE / "docs" / "adding-a-policy.md"


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
        """Builds and runs the generated tests of the policies, as `./rota test -R Policies` does."""
        self.succeed("cmake", "--preset", "test", "-DROTA_TESTS=ON")
        self.succeed("cmake", "--build", "build/test", "--target", "test_schedulers", "--parallel", "2")
        return run(self.tree, "build/test/tests/schedulers/test_schedulers", "--gtest_filter=*Policies*random_pick*")

    def test_1_the_commands_of_the_page_work(self):
        for command in commands(PAGE):
            if not command.startswith("./rota test"):
                with self.subTest(command=command):
                    out = self.succeed("bash", "-ec", command)
                    self.assertIn("random-pick", out)

    def test_2_the_conformance_tests_cover_it_and_pass(self):
        done = self.conformance()
        self.assertEqual(done.returncode, 0, done.stdout[-3000:])
        self.assertRegex(done.stdout, r"\[  PASSED  \] [1-9]\d* tests?")

    def test_3_a_has_work_that_is_always_false_turns_them_red(self):
        text = self.header.read_text()
        self.header.write_text(text.replace("return length_.load(Order::acquire) != 0; }", "return false; }"))
        self.assertNotEqual(text, self.header.read_text())
        self.assertNotEqual(self.conformance().returncode, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
