"""The program that measures: what it is made of, which memory it uses, and that a run names it."""

import hashlib
import json
import os
import pathlib
import subprocess
import unittest

from support import CommandTest

CELL = pathlib.Path(os.environ["ROTA_PROGRAM"]).parent / "rota-cell"

# An allocator that counts what is asked of it, and says at the end how often this very size was asked for.
ALLOCATOR = """
#include <stdio.h>
#include <stdlib.h>
extern void* __libc_malloc(size_t size);
static unsigned long calls, found;
void* malloc(size_t size) {
  __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
  if (size == WANTED) __atomic_add_fetch(&found, 1, __ATOMIC_RELAXED);
  return __libc_malloc(size);
}
__attribute__((destructor)) static void tell(void) {
  FILE* out = fopen(getenv("TOLD"), "w");
  fprintf(out, "%lu %lu", calls, found);
  fclose(out);
}
"""

REQUEST = {
    "protocol": 1, "experiment": "x", "policy": {"label": "fifo", "use": "fifo", "with": {}},
    "workload": {"label": "yield", "use": "yield", "with": {"tasks": 2, "yields": 10}}, "world": "real", "workers": 1,
    "placement": "none", "repetition": 0, "seed": 1, "min_time": "1ms", "max_iterations": 2}


def measure(command, request, **options):
    return subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, timeout=60, **options)


def metrics(done):
    return {line["metric"] for line in map(json.loads, done.stdout.splitlines()) if line["kind"] == "metric"}


class CellProgram(CommandTest):
    def test_it_loads_the_c_library_and_none_of_what_is_not_measured(self):
        lines = subprocess.run(["readelf", "-d", CELL], check=True, capture_output=True, text=True).stdout.splitlines()
        needed = {line.split("[")[1].split(".so")[0] for line in lines if "(NEEDED)" in line}
        self.assertIn("libc", needed)
        self.assertLessEqual(needed, {"libc", "libm", "libhwloc", "ld-linux-x86-64", "libpthread"})
        names = subprocess.run(["nm", "-C", CELL], check=True, capture_output=True, text=True).stdout
        for left_out in ["toml::", "CLI::", "sqlite3_", "EVP_", "rota::analysis::"]:
            self.assertNotIn(left_out, names)

    def test_a_preloaded_allocator_serves_malloc_and_operator_new(self):
        wanted = 1_234_567
        source, library, told = (self.folder / name for name in ("own.c", "own.so", "told"))
        source.write_text(ALLOCATOR.replace("WANTED", str(wanted)))
        subprocess.run(["clang-19", "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
        # A string of C++ of this many characters, with its end, is what operator new is asked for.
        request = REQUEST | {"experiment": "x" * (wanted - 1)}
        done = measure([CELL], request, env=os.environ | {"LD_PRELOAD": str(library), "TOLD": str(told)})
        self.assertEqual(done.returncode, 0, done.stderr)
        calls, found = map(int, told.read_text().split())
        self.assertGreater(found, 0, "operator new did not come by")
        self.assertGreater(calls, found + 100, "malloc did not come by")

    def test_rota_cell_goes_on_to_it_and_so_does_startup(self):
        direct, by_rota = (measure(command, REQUEST) for command in ([CELL], [os.environ["ROTA_PROGRAM"], "cell"]))
        self.assertEqual((direct.returncode, by_rota.returncode), (0, 0), direct.stderr + by_rota.stderr)
        self.assertEqual(metrics(direct), metrics(by_rota))
        startup = measure([CELL], REQUEST | {"workload": {"label": "startup", "use": "startup", "with": {}}})
        self.assertEqual(startup.returncode, 0, startup.stdout + startup.stderr)
        self.assertIn("ready", metrics(startup))

    def test_it_refuses_words_that_it_does_not_know(self):
        done = measure([CELL, "list"], REQUEST)
        self.assertEqual(done.returncode, 2)
        self.assertIn("expected no arguments", done.stderr)

    def test_a_run_names_it_by_its_hash(self):
        self.succeed("run", "quickstart", "--only", "yield", "--set", "policy=fifo", "--set", "sweep.workers=1",
                     "--set", "sweep.repetitions=1", "--out", "out")
        (manifest,) = self.folder.glob("out/*/manifest.json")
        self.assertEqual(json.loads(manifest.read_text())["binary_sha256"], hashlib.sha256(CELL.read_bytes()).hexdigest())


if __name__ == "__main__":
    unittest.main(verbosity=2)
