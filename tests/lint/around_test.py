# The lint that holds what executes inside a world to Env, and a policy to what it is handed.
import unittest

from tree import LintTest

POLICY = "template <Env E> class Mine {\n  %s\n};\n"


class Around(LintTest):
    lint = "around_env"

    def test_a_clock_of_the_system_is_found_in_every_folder_of_a_world(self):
        for folder in ("reactor", "runtime", "schedulers", "workloads"):
            self.write(f"{folder}/mine.hpp", "auto now() { return std::chrono::steady_clock::now(); }\n")
        self.assert_finds(*(f"{folder}/mine.hpp:1: steady_clock::now goes around Env"
                            for folder in ("reactor", "runtime", "schedulers", "workloads")))

    def test_a_policy_is_refused_what_it_is_not_handed(self):
        for number, line in enumerate(("TimePoint t = E::now();", "void f() { E::charge({}); }", "void f(Worker<E>& w);",
                                       "Executor<E>* runtime;", "void* f() { return E::context(); }")):
            self.write(f"schedulers/p{number}.hpp", POLICY % line)
        self.assert_finds(*(f"schedulers/p{number}.hpp:2:" for number in range(5)), "E::now is not for a policy")

    def test_what_others_may_use_and_words_that_only_look_so_pass(self):
        self.write("runtime/mine.hpp", "template <Env E> TimePoint f(Worker<E>&) { return E::now(); }\n")
        self.write("schedulers/mine.hpp", POLICY % "queue::PerWorker<int> x;  // no E::now() here")
        self.assert_passes()


if __name__ == "__main__":
    unittest.main()
