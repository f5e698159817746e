# Every id of docs/invariants.md is cited by a test, and tests cite no id that is not there.
import os
import re

import sources

PAGE = "docs/invariants.md"
if not os.path.isfile(os.path.join(sources.ROOT, PAGE)):
    sources.finish([(PAGE, 1, "is missing")])

known = {}
for number, line in enumerate(sources.text(PAGE).splitlines(), 1):
    row = re.match(r"\|\s*`?\*{0,2}([A-Z]\d+)\*{0,2}`?\s*\|", line)
    if row:
        known[row[1]] = number
if not known:
    sources.finish([(PAGE, 1, "has no table of ids such as | T1 | …")])

CITED = re.compile(r"(?<![A-Za-z0-9])([" + "".join(sorted({i[0] for i in known})) + r"]\d{1,2})(?![A-Za-z0-9])")
cited, findings = set(), []
for path in sources.files(".hpp", ".cpp", ".py", ".sh"):
    if not path.startswith(("tests/", "checks/")):
        continue
    cited.update(CITED.findall(sources.text(path)))
    if path.startswith("tests/") and path.endswith((".hpp", ".cpp")):
        for number, line in enumerate(sources.comments(path).splitlines(), 1):
            findings += [(path, number, f"{i} is not in {PAGE}") for i in CITED.findall(line) if i not in known]
findings += [(PAGE, n, f"{i} is cited by no test") for i, n in known.items() if i not in cited]
sources.finish(findings)
