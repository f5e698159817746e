// The list of reactors, and what a reactor says of itself.
#include "reactor/registry.hpp"

#include <gtest/gtest.h>

#include "reactor/epoll_reactor.hpp"

namespace rota {
namespace {

TEST(ReactorRegistry, MakesEachReactorItNames) {
  ASSERT_FALSE(reactors().empty());
  EXPECT_EQ(reactors()[0].name, "epoll");
  for (const ReactorEntry& entry : reactors()) {
    EXPECT_FALSE(entry.summary.empty());
    EXPECT_TRUE(entry.make()->idle());
    EXPECT_TRUE(entry.make_local()->idle());
  }
}

TEST(EpollReactor, SaysWhatItHasToDoWithout) {
  EXPECT_NE(EpollReactor<env::Real>(EpollPrecision::milliseconds).note().find("milliseconds"), std::string::npos);
}

}  // namespace
}  // namespace rota
