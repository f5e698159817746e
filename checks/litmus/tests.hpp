// The litmus tests: every shape with every combination of orders that tells models apart.
#pragma once

#include <string>
#include <vector>

#include "checks/litmus/program.hpp"

namespace rota::checks::litmus {

struct LitmusTest {
  std::string name;    // of the shape, as in the literature: "MP"
  std::string orders;  // what was put into the shape's slots: "rel, acq"
  std::string text;    // in the form of program.hpp
  std::string asked;   // the outcome the shape is about, or part of it: "r0=1 r1=0"
  Program program;
};

// All of them, shape after shape.
[[nodiscard]] const std::vector<LitmusTest>& all_tests();

// Throws std::invalid_argument if there is no such test.
[[nodiscard]] const LitmusTest& find_test(const std::string& name, const std::string& orders);

// Whether an outcome is the asked one: every "name=value" of `asked` is in it.
[[nodiscard]] bool answers(const std::string& outcome, const std::string& asked);

}  // namespace rota::checks::litmus
