# The lint of circles: of files, where x.hpp and x.cpp are one, and of folders.
import unittest

from tree import LintTest


class Circles(LintTest):
    lint = "include_circles"

    def test_a_row_of_files_passes(self):
        self.write("a/a.cpp", '#include "a/a.hpp"\n#include "a/b.hpp"\n')
        self.write("a/a.hpp", "")
        self.write("a/b.hpp", '#include "b/c.hpp"\n')
        self.write("b/c.hpp", "")
        self.assert_passes()

    def test_a_header_and_its_source_are_one_file(self):
        self.write("a/a.hpp", "")
        self.write("a/a.cpp", '#include "a/a.hpp"\n#include "a/parts.hpp"\n')
        self.write("a/parts.hpp", '#include "a/a.hpp"\n')
        self.assert_finds("a circle of files: a/a > a/parts > a/a")

    def test_a_generated_source_and_its_header_are_one_file(self):
        self.write("a/a.hpp", "")
        self.write("a/a.cpp.in", '@HEADERS@#include "a/parts.hpp"\n')
        self.write("a/parts.hpp", '#include "a/a.hpp"\n')
        self.assert_finds("a circle of files: a/a > a/parts > a/a")

    def test_each_of_several_circles_is_told(self):
        for first, second in ("ab", "cd"):
            self.write(f"x/{first}.hpp", f'#include "x/{second}.hpp"\n')
            self.write(f"x/{second}.hpp", f'#include "x/{first}.hpp"\n')
        self.assert_finds("x/a > x/b > x/a", "x/c > x/d > x/c")

    def test_a_circle_of_folders_without_one_of_files_is_found(self):
        self.write("a/first.hpp", '#include "a/room/second.hpp"\n')
        self.write("a/room/second.hpp", "")
        self.write("a/room/third.hpp", '#include "a/fourth.hpp"\n')
        self.write("a/fourth.hpp", "")
        self.assert_finds("a circle of folders: a > a/room > a")


if __name__ == "__main__":
    unittest.main()
