# The lint of long functions: what counts as one, and what does not.
import unittest

from tree import LintTest


def lines(count, text="  x();\n"):
    return text * count


class Functions(LintTest):
    lint = "function_length"

    def assert_long(self, text, line=1):
        self.write("a/a.cpp", text)
        self.assert_finds(f"a/a.cpp:{line}: a function of 41 lines")

    def test_forty_lines_pass_and_one_more_does_not(self):
        self.write("a/a.cpp", "int f(int x) {\n" + lines(38) + "}\n")
        self.assert_passes()
        self.assert_long("int f(int x) {\n" + lines(39) + "}\n")

    def test_a_test_is_a_function_and_its_lambdas_count_in_it(self):
        body = "  const auto g = [&](int y) {\n" + lines(37, "    y();\n") + "  };\n"
        self.assert_long("namespace {\nTEST(Suite, Name) {\n" + body + "}\n}\n", 2)

    def test_members_of_classes_and_templates_are_functions(self):
        self.assert_long("template <class T>\n  requires (sizeof(T) > 4)\nstruct S final : Base<T> {\n"
                         "  int f() const noexcept override {\n" + lines(39) + "  }\n};\n", 4)

    def test_a_constructor_with_braces_in_its_initializers_is_one(self):
        self.assert_long("S::S(int x) : a_{x}, b_(x) {\n" + lines(39) + "}\n")

    def test_a_struct_in_the_result_makes_no_class_of_a_function(self):
        self.assert_long("struct stat f() {\n" + lines(39) + "}\n")

    def test_a_lambda_that_is_a_variable_is_a_function(self):
        self.assert_long("const auto f = [] {\n" + lines(39) + "};\n")

    def test_classes_namespaces_and_tables_of_data_may_be_long(self):
        self.write("a/a.cpp", "namespace a {\nstruct S {\n" + lines(50, "  int f() { return 1; }\n") + "};\n}\n"
                   "constexpr std::array t{\n" + lines(50, '  Row{1, "{", 2},\n') + "};\n"
                   "const Table u = {\n" + lines(50, "  {'{', f(1)},\n") + "};\n")
        self.assert_passes()

    def test_braces_in_comments_strings_and_macros_are_none(self):
        self.write("a/a.cpp", '#define OPEN \\\n  {\nint f() {\n  // {\n  g("{", R"({)");\n}\n' + lines(60, "int x;\n"))
        self.assert_passes()

    def test_a_table_written_as_code_is_excused_by_its_comment(self):
        self.write("a/a.cpp", "// a table: the words of marks\nint f() {\n" + lines(60) + "}\n")
        self.assert_passes()


if __name__ == "__main__":
    unittest.main()
