# Every header compiles and works alone, with nothing before it. What stands before a header where it is included counts
# as nothing if the header includes all of that itself, up front. So a header that another includes first is proven with that one,
# and headers that include one another share a compiler, the included one first. The build proves nothing here: its
# sources are compiled with the system's headers in front of them.
# What passed is kept by its text in build/lint, and not compiled again.
# lone_headers.py --all compiles every header in a compiler of its own, kept or not.
import concurrent.futures
import hashlib
import os
import re
import subprocess
import sys
import tempfile

import arrows
import generated
import sources

ALONE = "peers/"  # programs of their own, with builds and libraries of their own
KEPT = os.path.join(sources.ROOT, "build", "lint", "lone_headers")
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-ferror-limit=1"]


class Includes:
    """What files include: headers of the project, and others by name alone."""

    def __init__(self):
        self.own = {path for path in arrows.cpp_files() 
                    if path.endswith((".hpp", ".hpp.in")) and not path.startswith(ALONE)}
        self._direct, self._all = {}, {}

    def direct(self, path):
        if path not in self._direct:
            names = (name for _, _, name in arrows.includes(path))
            self._direct[path] = [name + ".in" if name + ".in" in self.own else name for name in names]
        return self._direct[path]

    def all(self, path):
        """Itself, and what it includes over any number of others."""
        if path not in self._all:
            self._all[path] = found = {path}
            for name in self.direct(path) if path in self.own else ():
                found |= self.all(name)
        return self._all[path]

    def up_front(self, path):
        """What it includes before any code of its own: as all(), or itself alone if an include comes late."""
        code = re.sub(r"^@\w+@(?=#)", "", sources.code(path), flags=re.M)
        late = re.search(r"^[ \t]*[^#\s][^\n]*\n(?:[^\n]*\n)*?[ \t]*#[ \t]*include\b", code, re.M)
        return {path} if late else self.all(path)

    def proven_by(self, path):
        """The headers in a file that have nothing before them."""
        before = set()
        for name in self.direct(path):
            if name in self.own and before <= self.up_front(name):
                yield name
            before |= self.all(name)


def proven(includes, paths):
    """The headers that are alone where these files include them, one by one or one within another."""
    found, row = set(), list(paths)
    for path in row:
        for header in includes.proven_by(path):
            if header not in found:
                found.add(header)
                row.append(header)
    return found


def chains(includes, headers):
    """As few rows as possible in which each header includes the one before it: a matching (Dilworth, Kuhn)."""
    before = {}  # header: the one that stands before it

    def give(header, asked):
        for later in headers:
            if later != header and later not in asked and header in includes.up_front(later):
                asked.add(later)
                if later not in before or give(before[later], asked):
                    before[later] = header
                    return True
        return False

    ends = [header for header in headers if not give(header, set())]
    for end in ends:
        row = [end]
        while row[-1] in before:
            row.append(before[row[-1]])
        yield row[::-1]


def compile_alone(row, folder):
    text = "".join(f'#include "{path.removesuffix(".in")}"\n' for path in row)
    told = subprocess.run(["clang++-19", *FLAGS, "-I", sources.ROOT, "-I", folder, "-x", "c++", "-"], input=text,
                          cwd=sources.ROOT, capture_output=True, text=True)
    if told.returncode == 0:
        return []
    at = re.search(r"^In file included from <stdin>:(\d+)", told.stderr, re.M)
    said = re.search(r"^.*\berror: .*$", told.stderr, re.M)
    return [(row[int(at[1]) - 1 if at else 0], 1,
             f"does not compile alone: {re.sub(r'^(./|' + re.escape(sources.ROOT) + '/)', '', said[0] if said else told.stderr)}")]


def digest(includes, row):
    """Of all text that the compiler of this row reads, but for the system's."""
    told = hashlib.sha256("\n".join([*FLAGS, *row]).encode())
    for path in sorted(includes.all(row[-1]) & includes.own):
        told.update(sources.text(path).encode())
    return told.hexdigest()


def kept():
    if not os.path.isfile(KEPT):
        return set()
    with open(KEPT, encoding="ascii") as file:
        return set(file.read().split())


def keep(digests):
    os.makedirs(os.path.dirname(KEPT), exist_ok=True)
    with open(KEPT, "w", encoding="ascii") as file:
        file.write("\n".join(sorted(digests)))


includes = Includes()
if "--all" in sys.argv[1:]:
    rows, passed = [[path] for path in sorted(includes.own)], set()
else:
    left = sorted(includes.own - proven(includes, includes.own))
    rows, passed = sorted(chains(includes, left), key=lambda row: -len(includes.all(row[-1]))), kept()
findings = []
with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
    generated.write(folder)
    digests = [digest(includes, row) for row in rows]
    results = pool.map(lambda row, d: [] if d in passed else compile_alone(row, folder), rows, digests)
    good = set()
    for told, found in zip(digests, results):
        findings += found
        if not found:
            good.add(told)
keep(good)
sources.finish(findings)
