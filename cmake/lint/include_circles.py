# No circle of files, x.hpp and x.cpp taken as one, and none of folders: of two folders that include each other, each
# would be half of the other. A folder's own files and a folder in it are two folders.
import os

import arrows
import sources

known = set(arrows.cpp_files())
files, folders, witness = {}, {}, {}
for path in known:
    here = arrows.room(path)
    files.setdefault(here, set())
    for number, _, name in arrows.includes(path):
        if name not in known and name + ".in" not in known:
            continue
        there = arrows.room(name)
        for graph, a, b in ((files, here, there), (folders, os.path.dirname(here), os.path.dirname(there))):
            if a != b:
                graph.setdefault(a, set()).add(b)
                graph.setdefault(b, set())
                witness[a, b] = min(witness.get((a, b), (path, number)), (path, number))

findings = []
for kind, graph in (("files", files), ("folders", folders)):
    for circle in arrows.circles(graph):
        path, line = witness[circle[0], circle[1 % len(circle)]]
        findings.append((path, line, f"a circle of {kind}: " + " > ".join([*circle, circle[0]])))
        for a, b in zip(circle[1:], [*circle[2:], circle[0]]):
            findings.append((*witness[a, b], f"… of it: {a} > {b}"))
sources.finish(findings)
