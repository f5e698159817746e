"""rota bench-gate, with two programs that pretend to be builds of the micro benchmarks."""

import json
import unittest

from support import CommandTest

# Speaks Google Benchmark's command line. TIMES: name to ns, or to null for a benchmark that fails.
PRETENDER = """#!/usr/bin/env python3
import json, random, re, sys
TIMES = json.loads('''{times}''')
options = dict(word[2:].split("=", 1) for word in sys.argv[1:])
chosen = [name for name in TIMES if re.search(options["benchmark_filter"], name)]
if "benchmark_list_tests" in options:
    print("\\n".join(chosen))
    sys.exit()
with open("asked", "a") as file:
    print(sys.argv[0], *chosen, file=file)
if TIMES[chosen[0]] is None:
    sys.exit("it broke")
time = TIMES[chosen[0]] * random.uniform(0.99, 1.01)
print(json.dumps(dict(benchmarks=[dict(name=chosen[0], real_time=time / 1000, time_unit="us")])))
"""


class BenchGate(CommandTest):
    def build(self, name, **times):
        path = self.folder / name
        path.write_text(PRETENDER.format(times=json.dumps({key.replace("_", "/"): ns for key, ns in times.items()})))
        path.chmod(0o755)
        return str(path)

    def gate(self, here, there, *options):
        return self.rota("bench-gate", "abcdef12", *options, "--here", here, "--there", there)

    def test_equal_builds_pass(self):
        same = {"path_spawn": 40, "path_yield": 9}
        done = self.gate(self.build("here", **same), self.build("there", **same), "--blocks", "6")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("2 benchmarks compared: 0 worse", done.stdout)
        self.assertIn("block 6 of 6", done.stderr)
        self.assertEqual(len((self.folder / "asked").read_text().splitlines()), 2 * 3 * 6)

    def test_a_benchmark_that_became_slower_by_a_third_ends_with_one(self):
        here = self.build("here", path_spawn=52, path_yield=9)
        there = self.build("there", path_spawn=40, path_yield=9)
        done = self.gate(here, there, "--blocks", "6")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        line = next(line for line in done.stdout.splitlines() if "path/spawn" in line)
        self.assertIn("WORSE", line)
        self.assertRegex(line, r"1\.[23]\d\d \[")
        self.assertNotIn("WORSE", next(line for line in done.stdout.splitlines() if "path/yield" in line))

    def test_one_that_became_faster_passes(self):
        done = self.gate(self.build("here", path_spawn=30), self.build("there", path_spawn=40), "--blocks", "6")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("better", done.stdout)

    def test_benchmarks_of_one_build_only_are_named(self):
        here = self.build("here", path_spawn=40, path_new=1)
        there = self.build("there", path_spawn=40, path_old=1)
        done = self.gate(here, there, "--blocks", "3")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"path/new .*only in this build")
        self.assertRegex(done.stdout, r"path/old .*only in that build")

    def test_a_seed_repeats_the_order(self):
        times = {f"path_{i}": 40 for i in range(5)}
        here, there, orders = self.build("here", **times), self.build("there", **times), []
        for seed in ("7", "7", "8"):
            (self.folder / "asked").unlink(missing_ok=True)
            self.assertIn(f"seed {seed}", self.gate(here, there, "--blocks", "3", "--seed", seed).stdout)
            orders.append((self.folder / "asked").read_text())
        self.assertEqual(orders[0], orders[1])
        self.assertNotEqual(orders[0], orders[2])

    def test_a_filter_chooses(self):
        times = {"path_spawn": 40, "switch_fast": 1}
        here, there = self.build("here", **times), self.build("there", **times)
        self.assertIn("1 benchmark compared", self.gate(here, there, "--blocks", "3").stdout)
        self.assertIn("2 benchmarks compared", self.gate(here, there, ".", "--blocks", "3").stdout)

    def test_bad_input_is_refused_in_one_line(self):
        here = self.build("here", path_spawn=40)
        builds = ["--here", here, "--there", here]
        self.refuse("bench-gate", mentions=["COMMIT"])
        self.refuse("bench-gate", "abc", mentions=["./rota bench-gate COMMIT"])
        self.refuse("bench-gate", "abc", "nothing", *builds, mentions=["FILTER", "nothing"])
        self.refuse("bench-gate", "abc", "--blocks", "2", *builds, mentions=["--blocks"])
        self.refuse("bench-gate", "abc", "--blocks", "many", *builds, mentions=["--blocks"])

    def test_a_benchmark_that_breaks_ends_with_one_and_its_name(self):
        build = self.build("here", path_spawn=None)
        done = self.gate(build, build, "--blocks", "3")
        self.assertEqual(done.returncode, 1)
        self.assertIn("path/spawn", done.stderr)
        self.assertIn("it broke", done.stderr)


if __name__ == "__main__":
    unittest.main()
