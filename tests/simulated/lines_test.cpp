// The directory's rules, one by one.
#include "worlds/simulated/lines.hpp"

#include "tests/simulated/machines.hpp"

namespace rota::testing {
namespace {

using simulated::Access;
using simulated::Level;
using simulated::Line;

class Directory : public ::testing::Test {
 protected:
  simulated::Charge access(Access access, unsigned unit, Ps now = 1'000'000'000) {
    return lines_.access(line_, access, unit, now);
  }
  // One after the other, with time enough between them.
  void each(Access what, std::initializer_list<unsigned> units) {
    for (const unsigned unit : units) (void)access(what, unit, later_ += 1'000'000);
  }

  simulated::Costs costs_ = distinct_costs();
  simulated::Distances distances_{Topology::synthetic(every_level)};
  simulated::Lines lines_{distances_, costs_};
  Line line_{};
  Ps later_ = 0;
};

TEST_F(Directory, KnowsEveryLevelBetweenTwoUnits) {
  for (std::size_t level = 0; level < simulated::levels; ++level) {
    EXPECT_EQ(distances_.between(0, unit_at[level]), static_cast<Level>(level));
    EXPECT_EQ(distances_.between(unit_at[level], 0), static_cast<Level>(level));
  }
  EXPECT_EQ(distances_.between(0, distances_.outside()), Level::remote);
  EXPECT_EQ(distances_.between(distances_.outside(), 63), Level::remote);
  EXPECT_EQ(distances_.outside(), 64U);
}

TEST(Distances, PutTheOutsideAsFarAwayAsTheFarthestUnits) {
  const auto level = [](const char* machine) {
    const simulated::Distances distances(Topology::synthetic(machine));
    return distances.between(0, distances.outside());
  };
  EXPECT_EQ(level("pack:1 numa:1 l3:1 core:2 pu:1"), Level::l3);
  EXPECT_EQ(level("pack:1 numa:1 l3:2 core:2 pu:1"), Level::node);
  EXPECT_EQ(level("pack:1 numa:2 l3:1 core:2 pu:1"), Level::package);
  EXPECT_EQ(level("pack:1 numa:1 l3:1 core:1 pu:1"), Level::node);
}

TEST_F(Directory, BringsALineThatNobodyHasFromMemory) {
  for (const Access what : {Access::load, Access::store, Access::update}) {
    line_ = {};
    EXPECT_EQ(access(what, 3).cost, costs_.memory);
    EXPECT_EQ(access(what, 3, 2'000'000'000).level, Level::self) << "and then this unit has it";
  }
}

TEST_F(Directory, ChargesALoadByTheDistanceToTheLastWriter) {
  for (std::size_t level = 1; level < simulated::levels; ++level) {
    line_ = {};
    each(Access::store, {unit_at[level]});
    const auto charge = access(Access::load, 0);
    EXPECT_EQ(charge.level, static_cast<Level>(level));
    EXPECT_EQ(charge.cost, costs_.load[level]);
    EXPECT_EQ(charge.waited, 0);
    EXPECT_EQ(access(Access::load, 0, 2'000'000'000).cost, costs_.load[0]) << "a hit from then on";
  }
}

TEST_F(Directory, ChargesAWriteByTheDistanceToTheOnlyCopy) {
  for (std::size_t level = 1; level < simulated::levels; ++level) {
    line_ = {};
    each(Access::store, {unit_at[level]});
    EXPECT_EQ(access(Access::store, 0).cost, costs_.store[level]);
    EXPECT_EQ(access(Access::store, 0, 2'000'000'000).cost, costs_.store[0]);
    line_ = {};
    each(Access::store, {unit_at[level]});
    EXPECT_EQ(access(Access::update, 0).cost, costs_.update[level]);
    EXPECT_EQ(access(Access::update, 0, 2'000'000'000).cost, costs_.update[0]);
  }
}

TEST_F(Directory, ChargesAWriteByTheFarthestCopyWhoeverWroteLast) {
  each(Access::store, {0});
  each(Access::load, {2, 16, 4});
  EXPECT_EQ(access(Access::store, 0).level, Level::package) << "its own copy does not help it";
  line_ = {};
  each(Access::store, {32});
  each(Access::load, {0, 1});
  EXPECT_EQ(access(Access::update, 1).level, Level::remote);
}

TEST_F(Directory, TakesAllCopiesAwayAtAWrite) {
  each(Access::store, {0});
  each(Access::load, {1, 2, 8, 33});
  each(Access::store, {4});
  for (const unsigned unit : {0U, 1U, 2U, 8U, 33U}) {
    Line copy = line_;
    EXPECT_EQ(lines_.access(copy, Access::load, unit, 1'000'000'000).level, distances_.between(unit, 4));
  }
  EXPECT_EQ(access(Access::store, 4).level, Level::self);
}

TEST_F(Directory, LetsReadersKeepTheirCopiesBesideEachOther) {
  each(Access::store, {0});
  each(Access::load, {5, 40});
  for (const unsigned unit : {0U, 5U, 40U}) EXPECT_EQ(access(Access::load, unit).level, Level::self);
}

TEST_F(Directory, MakesWhoComesWhileTheLineIsOnItsWayWaitForIt) {
  each(Access::store, {0});
  const Ps start = 500'000'000;
  ASSERT_EQ(access(Access::update, 16, start).cost, costs_.update[5]);
  const auto charge = access(Access::update, 0, start + 1000);
  EXPECT_EQ(charge.waited, costs_.update[5] - 1000);
  EXPECT_EQ(charge.cost, costs_.update[5]);
  const auto third = access(Access::load, 8, start + 2000);
  EXPECT_EQ(third.waited, 2 * costs_.update[5] - 2000) << "they queue up behind each other";
  EXPECT_EQ(access(Access::load, 9, start + 2 * costs_.update[5] + costs_.load[4]).waited, 0);
}

TEST_F(Directory, CountsTheOutsideAsFarFromEverybody) {
  const unsigned outside = distances_.outside();
  each(Access::store, {outside});
  EXPECT_EQ(access(Access::load, 0).level, Level::remote);
  EXPECT_EQ(access(Access::store, outside).level, Level::remote);
  EXPECT_EQ(access(Access::load, outside, 2'000'000'000).level, Level::self);
}

TEST(Units, AreFoundInEveryWord) {
  for (const unsigned unit : {0U, 63U, 64U, 127U, 255U, 256U, simulated::most_units - 1}) {
    simulated::Units one, other;
    one.add(unit);
    EXPECT_TRUE(one.has(unit));
    EXPECT_FALSE(one.meets(other));
    other.add(unit);
    EXPECT_TRUE(one.meets(other));
    other.only(unit == 0 ? 1 : unit - 1);
    EXPECT_FALSE(one.meets(other));
  }
}

}  // namespace
}  // namespace rota::testing
