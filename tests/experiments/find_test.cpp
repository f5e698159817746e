// Definitions are found by name in the shipped folder, or by path.
#include "experiments/definition/find.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "record/input_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments {
namespace {

TEST(Find, APathIsTakenAsItIs) {
  EXPECT_EQ(find_definition("some/where"), "some/where");
  EXPECT_EQ(find_definition("mine.toml"), "mine.toml");
}

TEST(Find, ANameIsLookedUpAndAnUnknownOneListsTheNames) {
  const rota::testing::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "experiments/definitions");
  (void)folder.write("experiments/definitions/b.toml", "");
  (void)folder.write("experiments/definitions/a.toml", "");
  (void)folder.write("experiments/definitions/notes.txt", "");
  ::setenv("ROTA_SHARE", folder.path().c_str(), 1);
  const auto found = find_definition("a");
  std::string message;
  try {
    (void)find_definition("c");
  } catch (const record::InputError& error) {
    message = error.what();
  }
  ::unsetenv("ROTA_SHARE");
  EXPECT_EQ(found, folder.path() / "experiments/definitions/a.toml");
  EXPECT_EQ(message, "c: expected the path of a definition or one of the experiments a, b, got neither");
}

TEST(Find, TheShippedExperimentsAreThere) {
  std::vector<std::string> names;
  for (const auto& shipped : shipped_definitions()) names.push_back(shipped.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"allocators", "contention", "judge", "metg", "numa-scaling", "peers",
                                      "quickstart", "sim-vs-real", "spawn-scaling", "tail-latency", "tokio-question"}));
}

}  // namespace
}  // namespace rota::experiments
