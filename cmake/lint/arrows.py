# What the lints of includes share: the order of folders (arrows.txt), and who includes whom, file by file. A template of
# a generated source (x.cpp.in) counts as that source, and what a folder's CMake names as a header (HEADER fifo.hpp, for
# a source that is generated from a template) as included by it.
import re

import sources

TOLD = "cmake/lint/arrows.txt"
CHAIN = re.compile(r"[\w/]+(?:\s+>\s+[\w/]+)+")


def chains():
    """The lines of arrows.txt, each a list of folders from above to below."""
    return [re.split(r"\s*>\s*", line.strip()) for line in sources.text(TOLD).splitlines()
            if line.strip() and not line.startswith("#")]


def below():
    """What each folder may include besides itself: folders, and rooms or files of others."""
    seen = {}
    for chain in chains():
        for upper, lower in zip(chain, chain[1:]):
            seen.setdefault(upper, set()).add(lower)
            seen.setdefault(lower, set())
    changed = True
    while changed:
        changed = False
        for folder, lowers in seen.items():
            more = set().union(*(seen[lower] for lower in lowers)) - lowers
            lowers |= more
            changed = changed or bool(more)
    for folder, lowers in seen.items():
        if folder in lowers:
            sources.finish([(TOLD, 1, f"{folder} stands above itself")])
    return seen


def cpp_files():
    """What is C++, or becomes part of a generated C++ file."""
    return [p for p in sources.files(".hpp", ".cpp", ".in") if not p.startswith("cmake/")]


def includes(path):
    """(line, quote, what is included) of each include of a C++ file, or of what its folder's CMake generates."""
    if path.endswith((".hpp", ".cpp", ".in")):
        pattern = r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]'
        text = re.sub(r"^@\w+@(?=#)", "", sources.code(path), flags=re.M)  # as in @HEADERS@#include …
    else:
        pattern = r'()(?<![\w/.-])([\w/-]+\.hpp)\b'
        text = re.sub(r"#[^\n]*", "", sources.text(path))
    for match in re.finditer(pattern, text, re.M):
        yield sources.line_of(text, match.start(2)), match[1], match[2]


def room(path):
    """x.hpp and x.cpp, generated or not, are one room."""
    return re.sub(r"\.[hc]pp(?:\.in)?$", "", path)


def circles(graph):
    """The strongly connected parts with more than one member, each as one shortest circle that begins with its first."""
    def reach(start, wanted):
        came, row = {start: None}, [start]
        for at in row:
            for target in sorted(graph.get(at, ())):
                if target == wanted:
                    path = [at]
                    while came[path[-1]] is not None:
                        path.append(came[path[-1]])
                    return path[::-1]
                if target not in came:
                    came[target] = at
                    row.append(target)
        return None

    left = set(graph)
    for start in sorted(graph):
        if start not in left:
            continue
        found = reach(start, start)
        if found:
            left -= set(found)
            yield found
