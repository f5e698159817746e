# Every access to an atomic names its Order, in everything that executes inside a world.
import re

import sources

# How many arguments an access has at least when its order is written down.
LEAST = {"load": 1, "store": 2, "exchange": 2, "compare_exchange": 3, "fetch_add": 2, "fetch_sub": 2, "fetch_or": 2,
         "fetch_and": 2, "fetch_xor": 2}
CALL = re.compile(r"(?:\.|->)\s*(load|store|exchange|compare_exchange(?:_weak|_strong)?|fetch_\w+)\s*\(")


def arguments(whole, start):
    """How many arguments the call whose parenthesis opens just before `start` has."""
    depth, commas, empty = 0, 0, True
    for char in whole[start:]:
        if char in "([{":
            depth += 1
        elif char in ")]}":
            if depth == 0:
                break
            depth -= 1
        elif char == "," and depth == 0:
            commas += 1
        empty = empty and char.isspace()
    return 0 if empty else commas + 1


findings = []
for path in sources.cpp_files():
    if not path.startswith(tuple(f + "/" for f in sources.IN_A_WORLD)):
        continue
    whole = sources.code(path, strings=False)
    for match in CALL.finditer(whole):
        name = re.sub(r"_(weak|strong)$", "", match[1])
        if arguments(whole, match.end()) < LEAST.get(name, 0):
            findings.append((path, sources.line_of(whole, match.start()), f"{match[1]} without a memory order"))
sources.finish(findings)
