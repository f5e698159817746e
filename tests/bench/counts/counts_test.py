"""No hot path has come to cost more than tests/bench/counts.toml says, and docs/hot-path.md says the same."""

import os
import unittest

import counts
import measure
import table

REFRESH = "./rota bench counts --write"


def below(sentences):
    return "\n  ".join(["", *sentences])


class Counts(unittest.TestCase):
    """Counted once, judged in three ways."""

    @classmethod
    def setUpClass(cls):
        try:
            new = counts.counted(os.environ["ROTA_COUNT"], os.environ["ROTA_WALK"])
        except measure.Missing as missing:
            raise unittest.SkipTest(str(missing)) from missing
        cls.new, cls.stored = table.rounded(new), table.load()
        if cls.new["compiler"] != cls.stored["compiler"]:
            # Another compiler makes other instructions; the rest must be the same.
            for row in cls.new["counts"].values():
                row.pop("instructions", None)

    def test_no_count_has_grown(self):
        more = table.grown(self.stored, self.new)
        if more:
            self.fail(f"counts have grown; if that must be: {REFRESH}{below(more)}")

    def test_the_table_is_lowered_when_counts_fall(self):
        less = table.fallen(self.stored, self.new)
        if less:
            self.fail(f"counts have fallen, so lower the table: {REFRESH}{below(less)}")


class Page(unittest.TestCase):
    def test_the_page_shows_the_stored_table(self):
        text = table.PAGE.read_text(encoding="utf-8")
        self.assertEqual(table.page_with(table.load(), text), text, f"{table.PAGE.name} is out of date: {REFRESH}")


class Comparing(unittest.TestCase):
    @staticmethod
    def one(**row):
        return {"floors": {}, "counts": {"alone/spawn": row}}

    def test_a_locked_instruction_more_in_twenty_operations_is_growth(self):
        self.assertEqual(table.grown(self.one(rmw=1.0), self.one(rmw=1.05)), ["alone/spawn: rmw: at most 1, now 1.05"])
        self.assertEqual(table.grown(self.one(rmw=1.0), self.one(rmw=1.03)), [])

    def test_instructions_may_differ_by_a_hundredth_and_a_half(self):
        self.assertEqual(table.grown(self.one(instructions=100.0), self.one(instructions=101.4)), [])
        self.assertEqual(len(table.grown(self.one(instructions=100.0), self.one(instructions=101.6))), 1)

    def test_a_fall_is_told_when_it_is_larger_than_a_fiftieth(self):
        self.assertEqual(table.fallen(self.one(instructions=100.0), self.one(instructions=97.6)), [])
        self.assertEqual(len(table.fallen(self.one(instructions=100.0), self.one(instructions=97.0))), 1)

    def test_paths_that_come_or_go_are_told(self):
        none = {"floors": {}, "counts": {}}
        self.assertEqual(len(table.grown(none, self.one(rmw=1.0))), 1)
        self.assertEqual(len(table.grown(self.one(rmw=1.0), none)), 1)

    def test_lines_are_those_between_the_stores_of_a_walk(self):
        start, end = table_stores(3)
        trace = [b" S 100,8\n", start, b" L 1000,8\n", b"I  2000,4\n", b" M 103c,8\n", end, b" S 5000,8\n"]
        self.assertEqual(measure.touched(trace), {3: {0x1000 // 64, 0x1000 // 64 + 1}})


def table_stores(walk):
    return [b" S %x,1\n" % (measure.STORES + 2 * walk + end) for end in (0, 1)]


if __name__ == "__main__":
    unittest.main()
