"""results.py counts what GoogleTest programs found, and names the test that one of them hung or crashed in."""

import pathlib
import tempfile
import unittest

from results import count

BEGUN = "Running main() from gtest_main.cc\n[ RUN      ] "
PROGRAM = """<testsuites><testsuite name="Slots">
  <testcase name="Pass" classname="Slots" status="run" result="completed"/>
  <testcase name="Fail" classname="Slots" status="run" result="completed"><failure message="lost"/></testcase>
  <testcase name="DISABLED_Off" classname="Slots" status="notrun" result="suppressed"/>
  <testcase name="Skip" classname="Slots" status="run" result="skipped"><skipped message="no reactor"/></testcase>
</testsuite></testsuites>"""
PASSING = '<testsuites><testsuite><testcase name="Pass" classname="Slots" status="run"/></testsuite></testsuites>'


class Results(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def count(self, *entries, **programs):
        """Of entries (name, status, what it said) and of programs with what they left."""
        cases = [f'<testcase name="{n}" status="{s}"><system-out>{o}</system-out></testcase>' for n, s, o in entries]
        (self.folder / "junit.xml").write_text(f"<testsuite>{''.join(cases)}</testsuite>")
        for name, text in programs.items():
            (self.folder / f"{name}.xml").write_text(text)
        tally = count(self.folder / "junit.xml", self.folder)
        return tally.passed, tally.failed, tally.skipped

    def test_a_program_counts_as_its_tests(self):
        self.assertEqual(self.count(("runtime", "fail", ""), runtime=PROGRAM), (1, ["Slots.Fail (runtime)"], 2))

    def test_what_is_no_program_counts_as_one(self):
        self.assertEqual(self.count(("pages.readme", "run", ""), ("peers", "fail", ""), ("x", "disabled", "")),
                         (1, ["peers"], 1))

    def test_a_program_that_fails_when_its_tests_are_over_fails_once(self):
        self.assertEqual(self.count(("runtime", "fail", ""), runtime=PASSING),
                         (1, ["runtime failed after its tests"], 0))

    def test_a_program_without_tests_fails(self):
        self.assertEqual(self.count(("runtime", "run", ""), runtime="<testsuites/>"), (0, ["runtime ran no test"], 0))

    def test_a_hang_is_named_and_what_ended_before_it_is_counted(self):
        said = (BEGUN + "Slots.Pass\n[       OK ] Slots.Pass (0 ms)\n[ RUN      ] Slots.Fail/1\n"
                "[  FAILED  ] Slots.Fail/1, where GetParam() = 4 (2 ms)\n[ RUN      ] Slots.Hang\n")
        self.assertEqual(self.count(("runtime", "fail", said)),
                         (1, ["Slots.Fail/1 (runtime)", "Slots.Hang crashed or hung (runtime)"], 0))

    def test_a_test_in_a_process_of_its_own_counts_as_one(self):
        said = BEGUN + "Slots.Fail\n[  FAILED  ] Slots.Fail (2 ms)\n[==========] 1 test from 1 test suite ran. (2 ms total)"
        self.assertEqual(self.count(("Slots.Fail", "fail", said)), (0, ["Slots.Fail"], 0))


if __name__ == "__main__":
    unittest.main(verbosity=2)
