// Rows and tables as cmake/Rows.cmake makes them.
#include <gtest/gtest.h>

#include "tests/rows/toys.hpp"

namespace rota {
namespace {

using toys::Here;
using toys::There;
using toys::Toy;

template <class Of> std::vector<std::string_view> names() {
  std::vector<std::string_view> result;
  for (const Of& row : rows<Of>()) result.push_back(row.name);
  return result;
}

TEST(Rows, MayHaveNamesThatAreNoIdentifiersOrDifferOnlyInWhatIdentifiersCannotHave) {
  const std::vector<std::string_view> expected{"2.0+x", "a-b", "a_b", "entry-first", "int", "simulated-x"};
  EXPECT_EQ(names<Toy<Here>>(), expected);
}

TEST(Rows, AreInTheTablesOfTheirWorldsOnly) {
  const std::vector<std::string_view> expected{"a-b", "int", "simulated-x"};
  EXPECT_EQ(names<Toy<There>>(), expected);
}

TEST(Rows, KnowAllTheirWorlds) {
  const Worlds both = find(rows<Toy<There>>(), "int")->worlds;
  EXPECT_TRUE(both.real && both.simulated && !both.local && !both.explored);
  const Worlds one = find(rows<Toy<Here>>(), "a_b")->worlds;
  EXPECT_TRUE(one.real && !one.simulated && !one.local && !one.explored);
}

TEST(Rows, AreMadeOfTheirClassInTheWorldOfTheirTable) {
  for (const auto& toy : rows<Toy<Here>>()) EXPECT_EQ(toy.says, "round") << toy.name;
}

TEST(Rows, AreFoundByTheirNamesAndNoOther) {
  for (const auto& toy : rows<Toy<Here>>()) EXPECT_EQ(find(rows<Toy<Here>>(), toy.name), &toy);
  EXPECT_EQ(find(rows<Toy<Here>>(), "entry"), nullptr);
  EXPECT_EQ(find(rows<Toy<There>>(), "a_b"), nullptr);
}

}  // namespace
}  // namespace rota
