"""What a run of ctest came to, counted in tests: a GoogleTest program is many, anything else is one.

    results.py JUNIT RESULTS    JUNIT is what ctest wrote, RESULTS the folder where the programs left theirs

Prints `PASSED FAILED SKIPPED`, and on the standard error a line for each test that failed.
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as ET


class Tally:
    def __init__(self):
        self.passed, self.skipped, self.failed = 0, 0, []

    def add_program(self, program, cases, ended_well):
        """A program that told what its tests came to."""
        failed_before = len(self.failed)
        for case in cases:
            name = f"{case.get('classname')}.{case.get('name')}"
            if case.find("failure") is not None:
                self.failed.append(f"{name} ({program})")
            elif case.find("skipped") is not None or case.get("status") == "notrun":
                self.skipped += 1
            else:
                self.passed += 1
        if not cases:
            self.failed.append(f"{program} ran no test")
        elif not ended_well and len(self.failed) == failed_before:
            self.failed.append(f"{program} failed after its tests")

    def add_broken_program(self, program, said):
        """A program that ended within a test, or was ended because that hung: the last one begun, by its output."""
        begun = re.findall(r"^\[ RUN      \] (\S+)", said, re.MULTILINE)
        self.passed += len(re.findall(r"^\[       OK \] ", said, re.MULTILINE))
        failed = re.findall(r"^\[  FAILED  \] ([^ ,]+).* \(\d+ ms\)$", said, re.MULTILINE)
        self.failed += [f"{name} ({program})" for name in failed]
        self.failed.append(f"{begun[-1]} crashed or hung ({program})" if begun else f"{program} crashed before its tests")

    def add_single(self, name, status):
        if status == "run":
            self.passed += 1
        elif status == "fail":
            self.failed.append(name)
        else:
            self.skipped += 1


def count(junit, results):
    tally = Tally()
    for entry in ET.parse(junit).iter("testcase"):
        name, status = entry.get("name"), entry.get("status")
        file = results / f"{name}.xml"
        said = entry.findtext("system-out") or ""
        if file.exists():
            tally.add_program(name, list(ET.parse(file).iter("testcase")), status == "run")
        elif "[ RUN " in said and not re.search(r"^\[==========\] .* ran\.", said, re.MULTILINE):
            tally.add_broken_program(name, said)
        else:
            tally.add_single(name, status)
    return tally


if __name__ == "__main__":
    tally = count(sys.argv[1], pathlib.Path(sys.argv[2]))
    for name in tally.failed:
        print(f"failed: {name}", file=sys.stderr)
    print(tally.passed, len(tally.failed), tally.skipped)
