# A folder includes only itself and the folders below it.
import os
import re

import sources

TOP_DOWN = ["command", "analysis", "experiments", "peers", "checks", "workloads", "schedulers", "record", "runtime", "reactor", "worlds"]
SEE_ALL = ("checks", "tests")

findings = []
for path in sources.cpp_files():
    folder = path.split("/")[0]
    if folder not in TOP_DOWN or folder in SEE_ALL:
        continue
    allowed = TOP_DOWN[TOP_DOWN.index(folder):]
    for number, line in enumerate(sources.code(path).splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if not match:
            continue
        target = match[2].split("/")[0] if "/" in match[2] else ""
        if target in TOP_DOWN or target in SEE_ALL:
            if target not in allowed:
                findings.append((path, number, f"{folder}/ must not include {match[2]}: arrows point down only"))
        elif match[1] == '"' and os.path.exists(os.path.join(sources.ROOT, os.path.dirname(path), match[2])):
            findings.append((path, number, f'"{match[2]}" is not written from the root of the repository'))
sources.finish(findings)
