# A policy, or a world, that lacks a part is refused by a compile error that names the part: wrong_policies.cpp, compiled
# and read.
# ROTA_COMPILE is the compiler's command, without a source.
import os
import re
import shlex
import subprocess
import unittest

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wrong_policies.cpp")
EXPECTED = re.compile(r"template class \w+<(?:E, )?(\w+)>;(?:  // says (\w+): (.+))?")


class WrongPolicies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        command = shlex.split(os.environ["ROTA_COMPILE"]) + ["-ferror-limit=0", SOURCE]
        said = subprocess.run(command, capture_output=True, text=True).stderr
        # An error and the notes below it, up to the next.
        cls.errors = re.split(r"(?m)^(?=.*: error: )", said)[1:]
        with open(SOURCE) as source:
            cls.policies = EXPECTED.findall(source.read())

    def test_each_is_refused_once_and_the_part_is_named(self):
        self.assertGreater(len(self.policies), 5)
        for policy, part, wrong in self.policies:
            with self.subTest(policy):
                mine = [error for error in self.errors if f"rota::{policy}]" in error.splitlines()[0]]
                self.assertEqual(len(mine), 1 if part else 0)
                for words in (part, wrong) if part else ():
                    self.assertIn(words, mine[0])

    def test_nothing_else_is_wrong(self):
        refused = [policy for policy, part, _ in self.policies if part]
        self.assertEqual(len(self.errors), len(refused), self.errors)


if __name__ == "__main__":
    unittest.main()
