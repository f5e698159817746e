# Every header compiles and works alone, with nothing before it. What stands before a header where it is included counts
# as nothing if the header includes all of that itself, up front. So a header that another includes first is proven with
# that one; headers that include one another share a compiler, the included one first; and what several of them include
# of the system is parsed once for these. The build proves nothing here: its sources are compiled with headers in front
# of them that they may have forgotten.
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

# Programs of their own, with builds and libraries of their own; and what `rota new` fills in, which its test compiles.
ALONE = ("peers/", "command/new/")
KEPT = os.path.join(sources.ROOT, "build", "lint", "lone_headers")
FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Werror", "-ferror-limit=1"]
PREFIXES = 8  # how many sets of the system's headers are parsed beforehand


class Includes:
    """What files include: headers of the project, and others by name alone."""

    def __init__(self):
        self.own = {path for path in arrows.cpp_files()
                    if path.endswith((".hpp", ".hpp.in")) and not path.startswith(ALONE)}
        self._direct, self._all, self._up_front = {}, {}, {}

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
        if path not in self._up_front:
            code = [line for line in re.sub(r"^@\w+@(?=#)", "", sources.code(path), flags=re.M).splitlines()
                    if line.strip()]
            includes = [at for at, line in enumerate(code) if re.match(r"\s*#\s*include\b", line)]
            late = includes and any(not line.lstrip().startswith("#") for line in code[:includes[-1]])
            self._up_front[path] = {path} if late else self.all(path)
        return self._up_front[path]

    def of_the_system(self, path):
        """What it includes of the system up front and under no condition."""
        found = set()
        for header in self.up_front(path) & self.own:
            code, depth = sources.code(header), 0
            for line in re.findall(r"^[ \t]*#[ \t]*(?:if|endif|include[ \t]*<[^>\n]+>)", code, re.M):
                depth += 1 if line.endswith("if") and not line.endswith("endif") else -1 if line.endswith("endif") else 0
                if depth == 0 and line.endswith(">"):
                    found.add(line.split("<")[1].rstrip(">"))
        return frozenset(found)

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


def common_prefixes(wanted):
    """A few sets, so that many of those that are wanted have a large one of them in themselves."""
    best = {each: frozenset() for each in wanted}
    candidates = {one & other for one in best for other in best}
    chosen = []
    for _ in range(PREFIXES):
        def gain(prefix):
            return sum(len(prefix) - len(best[each]) for each in wanted if prefix <= each and len(prefix) > len(best[each]))
        prefix = max(candidates, key=lambda each: (gain(each), sorted(each)), default=frozenset())
        if gain(prefix) <= 2 * len(prefix):
            break
        chosen.append(prefix)
        best |= {each: prefix for each in wanted if prefix <= each and len(prefix) > len(best[each])}
    return chosen


def compiler(*arguments, text):
    return subprocess.run(["clang++-19", *FLAGS, *arguments, "-"], input=text, cwd=sources.ROOT, capture_output=True, text=True)


def parse_beforehand(prefix, file):
    told = compiler("-x", "c++-header", "-o", file, text="".join(f"#include <{name}>\n" for name in sorted(prefix)))
    return told.returncode == 0


def compile_alone(row, folder, parsed):
    """`parsed`: the file of what stands before and counts as nothing, if any."""
    told = compiler("-fsyntax-only", "-I", sources.ROOT, "-I", folder, "-x", "c++",
                    *(["-include-pch", parsed] if parsed else []),
                    text="".join(f'#include "{path.removesuffix(".in")}"\n' for path in row))
    if told.returncode == 0:
        return []
    at = re.search(r"^In file included from <stdin>:(\d+)", told.stderr, re.M)
    said = re.search(r"^.*\berror: .*$", told.stderr, re.M)
    said = re.sub(r"^(?:\./|" + re.escape(sources.ROOT) + "/)", "", said[0] if said else told.stderr.strip())
    return [(row[int(at[1]) - 1 if at else 0], 1, f"does not compile alone: {said}")]


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


includes, alone = Includes(), "--all" in sys.argv[1:]
if alone:
    rows, passed = [[path] for path in sorted(includes.own)], set()
else:
    rows, passed = list(chains(includes, sorted(includes.own - proven(includes, includes.own)))), kept()
digests = {digest(includes, row): row for row in rows}
todo = {told: row for told, row in digests.items() if told not in passed}
before = {told: includes.of_the_system(row[0]) for told, row in todo.items()}
findings, good = [], set(digests) - set(todo)
with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
    generated.write(folder)
    prefixes = [] if alone else common_prefixes(list(before.values()))
    files = [os.path.join(folder, f"{number}.pch") for number in range(len(prefixes))]
    passes = pool.map(parse_beforehand, prefixes, files)
    parsed = {prefix: file for prefix, file, passed in zip(prefixes, files, passes) if passed}

    def look_at(told):
        fitting = max((prefix for prefix in parsed if prefix <= before[told]), key=len, default=None)
        return told, compile_alone(todo[told], folder, parsed.get(fitting))

    for told, found in pool.map(look_at, sorted(todo, key=lambda told: -len(includes.all(todo[told][-1])))):
        findings += found
        good |= set() if found else {told}
keep(good)
sources.finish(findings)
