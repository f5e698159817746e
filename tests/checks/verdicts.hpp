// What the oracles must say of a script.
#pragma once

#include <gtest/gtest.h>

#include "checks/oracle/ids.hpp"
#include "tests/checks/script.hpp"

namespace rota::checks {

inline Facts facts(unsigned workers = 1, Guarantees guarantees = {}) {
  return {.workers = workers, .guarantees = guarantees};
}

inline void expect_good(const Script& script, const Facts& facts = checks::facts(), Ending ending = Ending::returned) {
  const Judgement found = judge(script.trace(), facts, ending);
  EXPECT_FALSE(found) << found->sentence << " (event " << found->event << ")";
}
// Broken by the last event, or by what is missing after it.
inline void expect_bad(std::string_view id, const Script& script, const Facts& facts = checks::facts(),
                       Ending ending = Ending::returned) {
  const Judgement found = judge(script.trace(), facts, ending);
  ASSERT_TRUE(found) << id;
  EXPECT_EQ(found->id, id) << found->sentence;
  EXPECT_GE(found->event + 1, script.size()) << found->sentence;
  EXPECT_EQ(found->sentence.find(find_invariant(id)->statement), 0U) << found->sentence;
}

}  // namespace rota::checks
