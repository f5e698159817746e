// The table of shapes, and the tests that come from filling their slots in every way.
//
// Slots are written $0 to $9. Where a shape is symmetric in its last two slots, only one of each mirrored pair is kept.
#include "checks/litmus/tests.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace rota::checks::litmus {
namespace {

struct Filling {
  std::string label;
  std::string code;
};
using Slot = std::vector<Filling>;

struct Shape {
  std::string name;
  std::string text;
  std::vector<Slot> slots;
  std::string finals;
  std::string asked;
  bool symmetric = false;
};

// A message: the store that says "written", and the load that hears it, with what may order them.
Slot publish(const std::string& what) {
  return {{"rlx", "W " + what}, {"rel", "Wrel " + what}, {"fence", "F; W " + what}};
}
Slot consume(const std::string& what) {
  return {{"rlx", "R " + what}, {"acq", "Racq " + what}, {"fence", "R " + what + "; F"}};
}

// Two accesses of one thread, with what may order them.
Slot store_store(const std::string& first, const std::string& second) {
  return {{"rlx", "W " + first + "; W " + second},
          {"rel", "Wrel " + first + "; Wrel " + second},
          {"fence", "W " + first + "; F; W " + second}};
}
Slot store_load(const std::string& first, const std::string& second) {
  return {{"rlx", "W " + first + "; R " + second},
          {"rel-acq", "Wrel " + first + "; Racq " + second},
          {"fence", "W " + first + "; F; R " + second}};
}
Slot load_load(const std::string& first, const std::string& second) {
  return {{"rlx", "R " + first + "; R " + second},
          {"acq", "Racq " + first + "; Racq " + second},
          {"fence", "R " + first + "; F; R " + second},
          {"acq+fence", "Racq " + first + "; F; Racq " + second}};
}
Slot load_store(const std::string& first, const std::string& second) {
  return {{"rlx", "R " + first + "; W " + second},
          {"acq-rel", "Racq " + first + "; Wrel " + second},
          {"fence", "R " + first + "; F; W " + second}};
}
Slot update(const std::string& kind, const std::string& what) {
  return {{"rlx", kind + " " + what},
          {"acq", kind + "acq " + what},
          {"rel", kind + "rel " + what},
          {"acq_rel", kind + "ar " + what}};
}
Slot operator+(Slot left, const Slot& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

void add_two_threads(std::vector<Shape>& shapes) {
  shapes.push_back({"SB",
                    "$0 || $1",
                    {store_load("x 1", "y r0") + Slot{{"xchg", "Xar x 1; R y r0"}},
                     store_load("y 1", "x r1") + Slot{{"xchg", "Xar y 1; R x r1"}}},
                    "",
                    "r0=0 r1=0",
                    true});
  shapes.push_back({"SB+rmw reads",
                    "$0 || $1",
                    {{{"rlx", "W x 1; A y 0 r0"}, {"acq_rel", "W x 1; Aar y 0 r0"}, {"fence", "W x 1; F; A y 0 r0"}},
                     {{"rlx", "W y 1; A x 0 r1"}, {"acq_rel", "W y 1; Aar x 0 r1"}, {"fence", "W y 1; F; A x 0 r1"}}},
                    "",
                    "r0=0 r1=0",
                    true});
  shapes.push_back({"SB+rmw between",
                    "$0 || $1",
                    {{{"rlx", "W x 1; A z 0; R y r0"}, {"acq_rel", "W x 1; Aar z 0; R y r0"}},
                     {{"rlx", "W y 1; A z 0; R x r1"}, {"acq_rel", "W y 1; Aar z 0; R x r1"}}},
                    "",
                    "r0=0 r1=0",
                    true});
  shapes.push_back({"MP", "W x 1; $0 || $1; R x r1", {publish("y 1"), consume("y r0")}, "", "r0=1 r1=0"});
  shapes.push_back({"LB", "$0 || $1", {load_store("x r0", "y 1"), load_store("y r1", "x 1")}, "", "r0=1 r1=1", true});
  shapes.push_back({"S", "W x 2; $0 || $1; W x 1", {publish("y 1"), consume("y r0")}, "x", "r0=1 x=2"});
  shapes.push_back({"R", "$0 || $1", {store_store("x 1", "y 1"), store_load("y 2", "x r0")}, "y", "r0=0 y=2"});
  shapes.push_back({"2+2W", "$0 || $1", {store_store("x 1", "y 2"), store_store("y 1", "x 2")}, "xy", "x=1 y=1", true});
}

void add_more_threads(std::vector<Shape>& shapes) {
  shapes.push_back({"IRIW",
                    "$0 || $1 || $2",
                    {{{"rlx", "W x 1 || W y 1"}, {"rel", "Wrel x 1 || Wrel y 1"}},
                     load_load("x r0", "y r1"),
                     load_load("y r2", "x r3")},
                    "",
                    "r0=1 r1=0 r2=1 r3=0",
                    true});
  shapes.push_back({"RWC",
                    "$0 || $1 || $2",
                    {{{"rlx", "W x 1"}, {"rel", "Wrel x 1"}}, load_load("x r0", "y r1"), store_load("y 1", "x r2")},
                    "",
                    "r0=1 r1=0 r2=0"});
  shapes.push_back(
      {"WRC", "W x 1 || $0 || $1; R x r2", {load_store("x r0", "y 1"), consume("y r1")}, "", "r0=1 r1=1 r2=0"});
  shapes.push_back({"ISA2",
                    "W x 1; $0 || $1 || $2; R x r2",
                    {publish("y 1"), load_store("y r0", "z 1"), consume("z r1")},
                    "",
                    "r0=1 r1=1 r2=0"});
  shapes.push_back({"W+RWC",
                    "W x 1; $0 || $1 || $2",
                    {publish("z 1"), load_load("z r0", "y r1"), store_load("y 1", "x r2")},
                    "",
                    "r0=1 r1=0 r2=0"});
}

void add_coherence(std::vector<Shape>& shapes) {
  const Slot write = {{"rlx", "W x 1"}, {"rel", "Wrel x 1"}};
  shapes.push_back({"CoRR", "$0 || $1", {write, load_load("x r0", "x r1")}, "", "r0=1 r1=0"});
  shapes.push_back({"CoRR2",
                    "$0 || W x 2 || $1 || $2",
                    {write,
                     {{"rlx", "R x r0; R x r1"}, {"acq", "Racq x r0; Racq x r1"}},
                     {{"rlx", "R x r2; R x r3"}, {"acq", "Racq x r2; Racq x r3"}}},
                    "",
                    "r0=1 r1=2 r2=2 r3=1",
                    true});
  shapes.push_back({"CoWW", "$0 || W x 3", {store_store("x 1", "x 2")}, "x", "x=1"});
  shapes.push_back({"CoRW1", "$0", {load_store("x r0", "x 1")}, "x", "r0=1"});
  shapes.push_back({"CoRW2", "$0 || W x 2", {load_store("x r0", "x 1")}, "x", "r0=2 x=2"});
  shapes.push_back({"CoWR", "$0 || W x 2", {store_load("x 1", "x r0")}, "x", "r0=2 x=1"});
}

void add_release_sequences(std::vector<Shape>& shapes) {
  const Slot plain = {{"rlx", "A y 1"}, {"acq_rel", "Aar y 1"}};
  shapes.push_back(
      {"RS+fetch_add", "W x 1; $0 || $1 || $2; R x r1", {publish("y 1"), plain, consume("y r0")}, "", "r0=2 r1=0"});
  shapes.push_back({"RS+exchange",
                    "W x 1; $0 || $1 || $2; R x r2",
                    {publish("y 1"), {{"rlx", "X y 2 r0"}, {"acq_rel", "Xar y 2 r0"}}, consume("y r1")},
                    "",
                    "r0=1 r1=2 r2=0"});
  shapes.push_back({"RS+compare_exchange",
                    "W x 1; $0 || $1 || $2; R x r2",
                    {publish("y 1"), {{"rlx", "C y 1 2 r0"}, {"acq_rel", "Car y 1 2 r0"}}, consume("y r1")},
                    "",
                    "r0=1 r1=2 r2=0"});
  shapes.push_back({"RS+two updates",
                    "W x 1; $0 || A y 1 || A y 2 || $1; R x r1",
                    {publish("y 1"), consume("y r0")},
                    "",
                    "r0=4 r1=0"});
  shapes.push_back(
      {"RS+own store", "W x 1; $0; W y 2 || $1; R x r1", {publish("y 1"), consume("y r0")}, "", "r0=2 r1=0"});
  shapes.push_back({"RS+foreign store",
                    "W x 1; $0 || W y 2 || $1; R x r1",
                    {publish("y 1"), consume("y r0")},
                    "y",
                    "r0=2 r1=0 y=2"});
  shapes.push_back({"RS+failed compare_exchange",
                    "W x 1; $0 || $1; R x r1",
                    {publish("y 1"), update("C", "y 7 9 r0")},
                    "",
                    "r0=1 r1=0"});
}

void add_updates(std::vector<Shape>& shapes) {
  shapes.push_back({"RMW+RMW", "$0 || $1", {update("A", "x 1 r0"), update("A", "x 1 r1")}, "x", "x=1", true});
  shapes.push_back(
      {"RMW+RMW+RMW",
       "A x 1 r0 || $0 || $1",
       {{{"rlx", "A x 1 r1"}, {"acq_rel", "Aar x 1 r1"}}, {{"rlx", "A x 1 r2"}, {"acq_rel", "Aar x 1 r2"}}},
       "x",
       "x=2",
       true});
  shapes.push_back({"RMW+W", "$0 || W x 2", {update("A", "x 1 r0")}, "x", "r0=0 x=1"});
  shapes.push_back({"RMW+W+W", "W x 1 || W x 2 || $0; R x r1", {update("A", "x 4 r0")}, "x", "r0=0 x=4"});
  shapes.push_back({"RMW+R",
                    "$0 || $1",
                    {{{"rlx", "A x 1; A x 1"}, {"acq_rel", "Aar x 1; Aar x 1"}}, load_load("x r0", "x r1")},
                    "",
                    "r0=2 r1=1"});
  shapes.push_back({"X+X", "$0 || $1", {update("X", "x 1 r0"), update("X", "x 2 r1")}, "x", "r0=0 r1=0", true});
  shapes.push_back({"X+W", "$0 || W x 2", {update("X", "x 1 r0")}, "x", "r0=2 x=2"});
  shapes.push_back({"C+C", "$0 || $1", {update("C", "x 0 1 r0"), update("C", "x 0 2 r1")}, "x", "r0=0 r1=0", true});
  shapes.push_back({"C+W", "$0 || W x 2", {update("C", "x 0 1 r0")}, "x", "r0=0 x=1"});
  shapes.push_back({"Lock",
                    "$0 || $1",
                    {{{"rlx", "C z 0 1 r0; A x 1 r1; W z 0"}, {"acq-rel", "Cacq z 0 1 r0; A x 1 r1; Wrel z 0"}},
                     {{"rlx", "C z 0 1 r2; R x r3"}, {"acq", "Cacq z 0 1 r2; R x r3"}}},
                    "",
                    "r0=0 r2=0 r3=0"});
}

std::string fill(std::string text, std::size_t slot, const std::string& code) {
  const std::string mark = "$" + std::to_string(slot);
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + code.size())) {
    text.replace(at, mark.size(), code);
  }
  return text;
}

bool mirrored(const Shape& shape, const std::vector<std::size_t>& chosen) {
  return shape.symmetric && chosen[chosen.size() - 2] > chosen[chosen.size() - 1];
}

void expand(const Shape& shape, std::vector<std::size_t>& chosen, std::vector<LitmusTest>& tests) {
  if (chosen.size() < shape.slots.size()) {
    for (std::size_t i = 0; i < shape.slots[chosen.size()].size(); ++i) {
      chosen.push_back(i);
      expand(shape, chosen, tests);
      chosen.pop_back();
    }
    return;
  }
  if (mirrored(shape, chosen)) return;
  LitmusTest test{.name = shape.name, .orders = "", .text = shape.text, .asked = shape.asked, .program = {}};
  for (std::size_t slot = 0; slot < chosen.size(); ++slot) {
    const Filling& filling = shape.slots[slot][chosen[slot]];
    test.orders += (slot == 0 ? "" : ", ") + filling.label;
    test.text = fill(test.text, slot, filling.code);
  }
  test.program = parse(test.text, shape.finals);
  tests.push_back(std::move(test));
}

std::vector<LitmusTest> make_tests() {
  std::vector<Shape> shapes;
  add_two_threads(shapes);
  add_more_threads(shapes);
  add_coherence(shapes);
  add_release_sequences(shapes);
  add_updates(shapes);
  std::vector<LitmusTest> tests;
  for (const Shape& shape : shapes) {
    std::vector<std::size_t> chosen;
    expand(shape, chosen, tests);
  }
  return tests;
}

}  // namespace

const std::vector<LitmusTest>& all_tests() {
  static const std::vector<LitmusTest> tests = make_tests();
  return tests;
}

const LitmusTest& find_test(const std::string& name, const std::string& orders) {
  for (const LitmusTest& test : all_tests()) {
    if (test.name == name && test.orders == orders) return test;
  }
  throw std::invalid_argument("no litmus test " + name + " (" + orders + ")");
}

bool answers(const std::string& outcome, const std::string& asked) {
  std::istringstream words(asked);
  for (std::string word; words >> word;) {
    if ((" " + outcome + " ").find(" " + word + " ") == std::string::npos) return false;
  }
  return true;
}

}  // namespace rota::checks::litmus
