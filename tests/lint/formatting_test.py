# The lint of format: code is as clang-format writes it, comments are left as they are, but not beyond the line's end.
import unittest

from tree import LintTest

LONG = "// Contract  " + "word " * 20 + "word\n//           goes on here, and is not broken off where the line above ends.\n"


class Formatting(LintTest):
    lint = "formatting"

    def test_a_comment_is_not_broken_anew(self):
        self.write("a/a.hpp", LONG + "#pragma once\n")
        self.assert_passes()

    def test_a_comment_beyond_the_limit_is_found(self):
        self.write("a/a.hpp", "#pragma once\n\n// " + "word " * 24 + "word\n")
        self.assert_finds("a/a.hpp:3: ", "the limit is 120")

    def test_code_that_is_written_in_another_way_is_found(self):
        self.write("a/a.hpp", "#pragma once\nint  f( );\n")
        self.assert_finds("a/a.hpp:2: not formatted")


if __name__ == "__main__":
    unittest.main()
