# Every C++ file is as clang-format-19 writes it, and no comment is longer than it allows a line to be: it breaks none.
import concurrent.futures
import os
import re
import subprocess

import sources

COLUMNS = 120


def unformatted(paths):
    """The first line of each of these files that clang-format would write in another way."""
    told = subprocess.run(["clang-format-19", "--dry-run", *paths], cwd=sources.ROOT, check=True,
                          capture_output=True, text=True).stderr
    first = {}
    for match in re.finditer(r"^(.+?):(\d+):\d+: .*-Wclang-format-violations", told, re.M):
        first.setdefault(match[1], int(match[2]))
    return [(path, line, "not formatted; run clang-format-19 -i on it") for path, line in first.items()]


paths = sources.cpp_files()
findings = []
for path in paths:
    lines = sources.text(path).splitlines()
    for number, remark in enumerate(sources.comments(path).splitlines(), 1):
        if remark.strip() and len(lines[number - 1]) > COLUMNS:
            findings.append((path, number, f"{len(lines[number - 1])} columns; the limit is {COLUMNS}"))
workers = os.cpu_count() or 1
with concurrent.futures.ThreadPoolExecutor(workers) as pool:
    for found in pool.map(unformatted, filter(None, (paths[i::workers] for i in range(workers)))):
        findings += found
sources.finish(findings)
