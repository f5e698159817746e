"""Two runs of the program give the stored hashes, line by line."""

import pathlib
import subprocess
import sys

expected = (pathlib.Path(__file__).parent / "expected.txt").read_text().splitlines()
for turn in (1, 2):
    got = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout.splitlines()
    differing = [f"  expected {want}\n  got      {have}" for want, have in zip(expected, got) if want != have]
    if differing or len(got) != len(expected) or not got:
        sys.exit(f"run {turn}: {len(got)} lines, expected {len(expected)}; differing: {len(differing)}\n"
                 + "\n".join(differing[:10]))
print(f"{len(expected)} hashes are the stored ones")
