# Every id of docs/invariants.md has its row in checks/oracle/ids.cpp, with the same statement, and is decided: by exactly
# one oracle of checks/oracle/, which a test there names, or elsewhere, as its row says. No row and no oracle is left over.
import re

import sources

PAGE, TABLE = "docs/invariants.md", "checks/oracle/ids.cpp"
ROW = re.compile(r'Invariant\{\s*"(\w+)",\s*((?:"[^"]*"\s*)+),\s*((?:"[^"]*"\s*)+)\}')
ORACLE = re.compile(r'string_view\s+id\s*=\s*"(\w+)"')


def joined(literals):
    return "".join(re.findall(r'"([^"]*)"', literals))


tests = "".join(sources.text(p) for p in sources.cpp_files() if p.startswith("tests/checks/oracle"))
known = {}
for number, line in enumerate(sources.text(PAGE).splitlines(), 1):
    row = re.match(r"\|\s*([A-Z]\d+)\s*\|\s*(.*?)\s*\|", line)
    if row:
        known[row[1]] = (number, row[2])

findings, rows, oracles = [], {}, {}
table = sources.code(TABLE)
for match in ROW.finditer(table):
    rows[match[1]] = (sources.line_of(table, match.start()), joined(match[2]), joined(match[3]))
for path in sources.cpp_files():
    if path.startswith("checks/oracle/"):
        code = sources.code(path)
        for match in ORACLE.finditer(code):
            place = (path, sources.line_of(code, match.start()))
            if match[1] in oracles:
                findings.append((*place, f"{match[1]} has an oracle already, in {oracles[match[1]][0]}"))
            oracles[match[1]] = place

for i, (number, statement) in known.items():
    if i not in rows:
        findings.append((PAGE, number, f"{i} has no row in {TABLE}"))
        continue
    line, told, elsewhere = rows[i]
    if told != statement:
        findings.append((TABLE, line, f"the statement of {i} is not that of {PAGE}"))
    if elsewhere and i in oracles:
        findings.append((*oracles[i], f"{i} is decided elsewhere, says {TABLE}"))
    if not elsewhere and i not in oracles:
        findings.append((TABLE, line, f"{i} has no oracle in checks/oracle/"))
    if not elsewhere and f'"{i}"' not in tests:
        findings.append((TABLE, line, f"{i} is named by no test of oracles in tests/checks/"))
findings += [(TABLE, rows[i][0], f"{i} is not in {PAGE}") for i in rows if i not in known]
findings += [(*oracles[i], f"{i} is not in {PAGE}") for i in oracles if i not in known]
sources.finish(findings)
