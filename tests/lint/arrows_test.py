# The lint of include direction: code, templates, CMake and the pages.
import unittest

from tree import LintTest

ORDER = "above > middle > below\nabove > beside > below\n"
PAGE = "**Arrows.** above > middle > below and\nabove > beside > below.\n"


class Arrows(LintTest):
    lint = "include_direction"

    def setUp(self):
        super().setUp()
        self.write("cmake/lint/arrows.txt", ORDER)
        self.write("CONTRIBUTING.md", PAGE)
        self.write("docs/architecture.md", PAGE)
        self.write("below/b.hpp", "#pragma once\n")
        self.write("above/a.cpp", '#include "below/b.hpp"\n')

    def test_what_points_down_over_several_arrows_passes(self):
        self.assert_passes()

    def test_an_arrow_up_is_found(self):
        self.write("below/b.cpp", '#include "above/a.hpp"\n')
        self.assert_finds("below/b.cpp:1: below/ must not include above/a.hpp")

    def test_folders_beside_each_other_see_nothing_of_each_other(self):
        self.write("beside/b.cpp", '#include "middle/a.hpp"\n')
        self.assert_finds("beside/ must not include middle/a.hpp")

    def test_an_arrow_up_in_a_template_is_found_behind_what_is_filled_in(self):
        self.write("below/b.cpp.in", '@HEADERS@#include "middle/a.hpp"\n')
        self.assert_finds("below/b.cpp.in:1: below/ must not include middle/a.hpp")

    def test_an_arrow_up_in_what_cmake_generates_is_found(self):
        self.write("below/CMakeLists.txt", "row(first HEADER above/a.hpp)  # of middle/m.hpp\n")
        status, said = self.run_lint()
        self.assertEqual(status, 1)
        self.assertIn("below/CMakeLists.txt:1: below/ must not include above/a.hpp", said)
        self.assertNotIn("middle/m.hpp", said)

    def test_an_arrow_to_one_file_leads_to_no_other(self):
        order = ORDER + "aside > middle/only\n"
        self.write("cmake/lint/arrows.txt", order)
        for page in ("CONTRIBUTING.md", "docs/architecture.md"):
            self.write(page, PAGE + "Beside it aside > middle/only.\n")
        self.write("aside/a.hpp", '#include "middle/only.hpp"\n')
        self.assert_passes()
        self.write("aside/b.hpp", '#include "middle/only_this.hpp"\n')
        self.assert_finds("aside/b.hpp:1: aside/ must not include middle/only_this.hpp")

    def test_a_folder_without_a_place_is_found(self):
        self.write("new/n.hpp", "#pragma once\n")
        self.assert_finds("new/ is not in cmake/lint/arrows.txt")

    def test_a_page_that_shows_another_order_is_found(self):
        self.write("CONTRIBUTING.md", "above > middle > below and above > below\n")
        self.assert_finds("above > below is no line", "does not show above > beside > below")

    def test_a_listing_against_the_order_is_found(self):
        listing = "above/    one\nbelow/    two\nmiddle/   three\n"
        self.write("docs/architecture.md", PAGE + listing)
        self.assert_finds("lists middle/ below below/", "does not list beside/")

    def test_an_order_that_goes_in_a_circle_is_found(self):
        self.write("cmake/lint/arrows.txt", ORDER + "below > above\n")
        self.assert_finds("stands above itself")


if __name__ == "__main__":
    unittest.main()
