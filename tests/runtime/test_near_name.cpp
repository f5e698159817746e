// Which name somebody meant: by examples, and by what must hold of any.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/near_name.hpp"

namespace rota {
namespace {

const std::vector<std::string_view> policies{"chase-lev", "fifo", "lifo-slot", "round-robin", "work-stealing"};

TEST(NearName, IsTheOneThatWasMistyped) {
  EXPECT_EQ(nearest_name("fifi", policies), "fifo");                    // changed
  EXPECT_EQ(nearest_name("lifoslot", policies), "lifo-slot");           // left out
  EXPECT_EQ(nearest_name("round-robbin", policies), "round-robin");     // put in
  EXPECT_EQ(nearest_name("work-staeling", policies), "work-stealing");  // swapped
  EXPECT_EQ(nearest_name("worksteeling", policies), "work-stealing");   // two
  EXPECT_EQ(nearest_name("rnu", std::vector<std::string_view>{"run", "report"}), "run");
}

TEST(NearName, IsNoneIfNothingIsNear) {
  EXPECT_EQ(nearest_name("priorities", policies), "");
  EXPECT_EQ(nearest_name("x", policies), "");
  EXPECT_EQ(nearest_name("", policies), "");
  EXPECT_EQ(nearest_name("a", std::vector<std::string_view>{"b"}), "") << "that is all of it";
  EXPECT_EQ(nearest_name("fifo", {}), "");
}

TEST(NearName, IsAskedForBehindWhatWasGot) {
  EXPECT_EQ(quoted_word("fifi", policies), "\"fifi\" (did you mean fifo?)");
  EXPECT_EQ(quoted_word("tokio", policies), "\"tokio\"");
  EXPECT_EQ(did_you_mean("tokio", policies), "");
}

RC_GTEST_PROP(NearName, IsAKnownOneThatTwoNeighboursWereSwappedIn, ()) {
  const std::string name(*rc::gen::elementOf(policies));
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, name.size() - 1);
  std::string typed = name;
  std::swap(typed[at], typed[at + 1]);
  RC_ASSERT(nearest_name(typed, policies) == name);
}

}  // namespace
}  // namespace rota
