# The lint by clang-tidy: public headers always, other files once they have changed.
import unittest

from tree import LintTest

GOOD = "inline int f(int x) { return x; }\n"
BAD = "inline int f(int x) { return x > 0 ? x + 1 : x + 1; }\n"
WHY = "\n\nBecause a test wants it."


class Tidy(LintTest):
    lint = "clang_tidy"

    def setUp(self):
        super().setUp()
        self.write("runtime/public.hpp", "#pragma once\n" + GOOD)
        self.write("command/private.cpp", GOOD)

    def commit(self, subject):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject + WHY)

    def test_without_a_history_it_says_so(self):
        self.assertEqual(self.run_lint(), (0, "no history here: the public headers alone were looked at\n"))

    def test_a_fault_in_a_public_header_is_found_though_nothing_changed(self):
        self.write("runtime/public.hpp", "#pragma once\n" + BAD)
        self.commit("Begin")
        self.assert_finds("runtime/public.hpp:2: conditional operator with identical true and false expressions")

    def test_a_fault_in_another_file_is_found_where_that_changed(self):
        self.commit("Begin")
        self.assert_passes()
        self.git("checkout", "--quiet", "-b", "side")
        self.write("command/private.cpp", BAD)
        self.commit("Change it")
        self.assert_finds("command/private.cpp:1: conditional operator with identical true and false expressions")

    def test_a_fault_in_a_file_that_did_not_change_is_left_alone(self):
        self.write("command/private.cpp", BAD)
        self.commit("Begin")
        self.git("checkout", "--quiet", "-b", "side")
        self.write("runtime/public.hpp", "#pragma once\n// A word.\n" + GOOD)
        self.commit("Change another")
        self.assert_passes()

    def test_what_cmake_defines_is_known(self):
        self.commit("Begin")
        self.git("checkout", "--quiet", "-b", "side")
        self.write("command/CMakeLists.txt", 'target_compile_definitions(x PRIVATE ROTA_PLACE="${here}")\n')
        self.write("command/private.cpp", "const char* place() { return ROTA_PLACE; }\n")
        self.commit("Use it")
        self.assert_passes()

    def test_a_file_that_does_not_compile_is_found(self):
        self.commit("Begin")
        self.git("checkout", "--quiet", "-b", "side")
        self.write("command/private.cpp", "int f() { return y; }\n")
        self.commit("Break it")
        self.assert_finds("command/private.cpp:1: use of undeclared identifier 'y'")


if __name__ == "__main__":
    unittest.main()
