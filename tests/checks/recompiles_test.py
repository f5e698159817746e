"""How much is compiled anew when a policy's header changes, and that a check of one policy builds no other."""

import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
BUILD = os.environ["ROTA_BUILD"]
COMPILED = re.compile(r"Building CXX object (\S+)")


def would_compile(target="all"):
    """The objects that ninja would make now; those of tests aside."""
    done = subprocess.run(["ninja", "-C", BUILD, "-n", target], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return {name for name in COMPILED.findall(done.stdout) if not name.startswith("tests/")}


def compiled_after_a_change_of(header):
    """As if the header had just been saved. Nothing is built, and the file is then as it was."""
    path = SOURCE / header
    before, was = would_compile(), path.stat()
    try:
        os.utime(path)
        after = would_compile()
    finally:
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    return after - before, before


def made_for(target):
    """The objects that the target needs, made or not."""
    done = subprocess.run(["ninja", "-C", BUILD, "-t", "inputs", target], capture_output=True, text=True, check=True)
    return {line for line in done.stdout.split() if line.endswith(".o")}


class Recompiles(unittest.TestCase):
    def test_a_changed_policy_compiles_at_most_twelve_units_of_the_programs_and_checks(self):
        objects, unmade = compiled_after_a_change_of("schedulers/work_stealing.hpp")
        self.assertEqual(unmade, set(), "build `all` first: what was never compiled would be counted as unchanged")
        self.assertGreater(len(objects), 3)
        self.assertTrue(any("unit_WorkStealing" in name for name in objects), sorted(objects))
        self.assertLessEqual(len(objects), 12, sorted(objects))

    def test_a_check_of_one_policy_makes_no_mutant_and_no_other_policy(self):
        objects = made_for("rota-check-fifo")
        subjects = {name for name in objects if "/rota_subjects-" in name}
        self.assertEqual(len(subjects), 1, sorted(subjects))
        self.assertTrue(all("/rota_subjects-fifo.dir/" in name for name in subjects), sorted(subjects))
        others = re.compile("mutants|PolicyInfo|PolicyIn_|workloads|experiments|simulated_")
        self.assertEqual([name for name in sorted(objects) if others.search(name)], [])

    def test_the_front_program_makes_no_policy_at_all(self):
        self.assertEqual([name for name in sorted(made_for("rota_check")) if re.search("/rota_subjects-|mutants", name)], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
