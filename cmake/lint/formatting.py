# Every C++ file is as clang-format-19 writes it.
import re
import subprocess

import sources

paths = sources.cpp_files()
findings = []
if paths:
    told = subprocess.run(["clang-format-19", "--dry-run", *paths], cwd=sources.ROOT, check=True,
                          capture_output=True, text=True).stderr
    first = {}
    for match in re.finditer(r"^(.+?):(\d+):\d+: .*-Wclang-format-violations", told, re.M):
        first.setdefault(match[1], int(match[2]))
    findings = [(p, n, "not formatted; run clang-format-19 -i on it") for p, n in first.items()]
sources.finish(findings)
