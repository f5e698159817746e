# The lint that compiles headers alone: what a header forgot, which others would bring along for it.
import unittest

from tree import LintTest


class Headers(LintTest):
    lint = "lone_headers"

    def setUp(self):
        super().setUp()
        self.write("a/base.hpp", "#pragma once\nstruct Base {};\n")
        self.write("a/good.hpp", '#pragma once\n#include <a/built.hpp>\n#include "a/base.hpp"\nstruct Good : Base {};\n')
        self.write("a/built.hpp.in", "#pragma once\ninline constexpr int built = 1 + @NUMBER@1;\n")

    def test_headers_that_include_what_they_use_pass_with_what_is_generated(self):
        self.assert_passes()

    def test_a_header_that_needs_another_before_it_is_found(self):
        self.write("a/bad.hpp", "#pragma once\nstruct Bad : Base {};\n")
        self.assert_finds("a/bad.hpp:1: does not compile alone: a/bad.hpp:2:", "expected class name")

    def test_what_a_header_includes_before_another_helps_it_only_if_that_includes_it_too(self):
        self.write("a/bad.hpp", "#pragma once\nstruct Bad : Base {};\n")
        self.write("a/user.hpp", '#pragma once\n#include "a/base.hpp"\n#include "a/bad.hpp"\n')
        self.assert_finds("a/bad.hpp:1: does not compile alone")

    def test_a_header_that_the_one_before_it_in_one_compiler_includes_is_still_alone(self):
        self.write("a/late.hpp", '#pragma once\ninline int late() { return sizeof(Base); }\n#include "a/base.hpp"\n')
        self.write("a/last.hpp", '#pragma once\n#include "a/base.hpp"\n#include "a/late.hpp"\n')
        self.assert_finds("does not compile alone")

    def test_what_passed_is_compiled_again_once_what_it_includes_has_changed(self):
        self.assert_passes()
        self.write("a/base.hpp", "#pragma once\nstruct Basis {};\n")
        self.assert_finds("a/good.hpp")

    def test_a_warning_is_a_finding(self):
        self.write("a/warn.hpp", "#pragma once\ninline int f(int x) { return 1; }\n")
        self.assert_finds("a/warn.hpp")


if __name__ == "__main__":
    unittest.main()
