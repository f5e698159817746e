// Tests that the planted copies, as long as no mutant is chosen, do step for step what the originals do. So whatever a
// mutant is caught by comes from its own text.
#include <gtest/gtest.h>

#include <rapidcheck/Random.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "checks/conformance/conformance.hpp"
#include "checks/conformance/generate.hpp"
#include "checks/conformance/subject_of.hpp"
#include "checks/mutants/mutants.hpp"
#include "schedulers/darc.hpp"
#include "schedulers/edf.hpp"
#include "schedulers/fair.hpp"
#include "schedulers/fifo.hpp"
#include "schedulers/las.hpp"
#include "schedulers/lifo.hpp"
#include "schedulers/lifo_slot.hpp"
#include "schedulers/priorities.hpp"
#include "schedulers/srpt.hpp"
#include "schedulers/work_stealing.hpp"
#include "worlds/explored/world.hpp"

namespace rota::checks {
namespace {

using E = env::Explored;

// By the names of their classes, as mutants have them.
const std::vector<Subject>& originals() {
  using namespace schedulers;
  static const std::vector<Subject> all{
      make_subject<E, Darc<E>>("Darc<E>"),
      make_subject<E, Edf<E>>("Edf<E>"),
      make_subject<E, Fair<E>>("Fair<E>"),
      make_subject<E, Fifo<E>>("Fifo<E>"),
      make_subject<E, Las<E>>("Las<E>"),
      make_subject<E, Lifo<E>>("Lifo<E>"),
      make_subject<E, LifoSlot<E, Fifo<E>>>("LifoSlot<E, Fifo<E>>"),
      make_subject<E, Priorities<E>>("Priorities<E>"),
      make_subject<E, Srpt<E>>("Srpt<E>"),
      make_subject<E, WorkStealing<E>>("WorkStealing<E>"),
  };
  return all;
}
const Subject* original_of(std::string_view name) {
  const auto found = std::ranges::find(originals(), name, &Subject::name);
  return found == originals().end() ? nullptr : &*found;
}
std::vector<std::string> names_of_originals() {
  std::vector<std::string> names;
  for (const Subject& original : originals()) names.emplace_back(original.name);
  return names;
}

// Of the last of some executions, and how long all of them were. The hash tells the line of each shared access.
std::pair<std::uint64_t, std::uint64_t> trace_of(const Subject& subject, const Program& program,
                                                 explored::Memory memory) {
  explored::Options options;
  options.memory = memory;
  options.max_executions = 20;
  const explored::Verdict verdict = explore_program(subject, program, options);
  EXPECT_TRUE(verdict.passed) << subject.name << " " << to_text(program) << ": " << verdict.failure.id;
  return {verdict.trace_hash, verdict.steps};
}

class Unplanted : public testing::TestWithParam<std::string> {};

TEST_P(Unplanted, CopiesHaveTheTracesOfTheOriginals) {
  const auto copy = std::ranges::find(unplanted(), std::string_view(GetParam()), &Subject::name);
  ASSERT_NE(copy, unplanted().end());
  const Subject* const original = original_of(GetParam());
  ASSERT_NE(original, nullptr);
  rc::Random random(1);
  std::set<std::uint64_t> different;
  for (int size = 0; size < 100; ++size) {
    const Program program = programs_for(*original)(random.split(), size).value();
    const auto memory = size % 2 == 0 ? explored::Memory::sc : explored::Memory::relaxed;
    const auto trace = trace_of(*original, program, memory);
    EXPECT_EQ(trace_of(*copy, program, memory), trace) << to_text(program);
    different.insert(trace.first);
  }
  EXPECT_GT(different.size(), 50U);
}

INSTANTIATE_TEST_SUITE_P(Policies, Unplanted, testing::ValuesIn(names_of_originals()));

TEST(UnplantedPolicies, AreAllHeldAgainstTheirOriginals) {
  for (const Subject& subject : unplanted()) EXPECT_NE(original_of(subject.name), nullptr) << subject.name;
}

// A mutant that ran before leaves nothing behind.
TEST(UnplantedPolicies, StayUnplantedWhenAMutantHasRun) {
  const auto mutant = std::ranges::find(mutants(), "submit-without-fence", &Mutant::name);
  const Program program = parse_program("w2:t0=s1,k1:t1=u").program;
  const auto trace = [&] { return trace_of(unplanted().front(), program, explored::Memory::sc); };
  const auto before = trace();
  EXPECT_NE(trace_of(mutant->subject, program, explored::Memory::sc), before);
  EXPECT_EQ(trace(), before);
}

}  // namespace
}  // namespace rota::checks
