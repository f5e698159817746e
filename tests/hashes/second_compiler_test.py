"""Builds the coroutine battery and the hashes with another compiler; the battery passes, the hashes are the same."""

import os
import pathlib
import subprocess
import sys

COMPILER = "clang++-16"
source, build = map(pathlib.Path, sys.argv[1:3])


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout


cache = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if "CCACHE_BASEDIR" in os.environ else []
run("cmake", "-S", source, "-B", build, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={COMPILER}", "-DROTA_TESTS=ON",
    "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O2", *cache)
run("cmake", "--build", build, "--target", "test_coroutines", "trace_hashes")
battery = run(build / "tests/runtime/test_coroutines", "--gtest_brief=1")
if " 0 tests" in battery or "PASSED" not in battery:
    sys.exit(f"the coroutine battery ran no test with {COMPILER}:\n{battery}")
print(run(sys.executable, pathlib.Path(__file__).parent / "hashes_test.py", build / "tests/hashes/trace_hashes"))
