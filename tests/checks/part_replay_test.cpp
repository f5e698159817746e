// Replay strings of the mechanism's checks and of the queues.
#include "checks/whole/part_replay.hpp"

#include <gtest/gtest.h>

#include "checks/history/queues.hpp"
#include "checks/mechanism/mechanism.hpp"

namespace rota::checks {
namespace {

Report finding(std::string what, std::string program) {
  Report report;
  report.what = std::move(what);
  report.found.emplace();
  report.found->program = std::move(program);
  return report;
}

// Without a schedule every choice is the first one: an execution that passes.
TEST(PartReplay, FindsEveryCheckOfTheMechanismByItsWord) {
  for (const MechanismCheck& check : mechanism_checks()) {
    const std::string word = part_replay_text(finding("mechanism " + std::string(check.name), ""));
    EXPECT_EQ(word.find_first_of(" |"), std::string::npos) << word;
    ASSERT_TRUE(is_part_replay(word)) << word;
    const Replayed replayed = replay_part(word);
    EXPECT_EQ(replayed.error, "") << word;
    EXPECT_FALSE(replayed.failed) << word;
  }
}

TEST(PartReplay, FindsEveryProgramOfAQueueByItsWord) {
  for (const history::Structure& structure : history::structures()) {
    for (const std::string_view program : structure.programs) {
      const std::string word = part_replay_text(finding("queue " + std::string(structure.name), std::string(program)));
      ASSERT_TRUE(is_part_replay(word)) << word;
      const Replayed replayed = replay_part(word);
      EXPECT_EQ(replayed.error, "") << word;
      EXPECT_FALSE(replayed.failed) << word;
    }
  }
}

// A weakened order makes a check fail; the code as it stands has another execution for that schedule, and it passes or
// does not fit.
TEST(PartReplay, OfAFailureThatWasMendedSaysSo) {
  const MechanismCheck& check = mechanism_checks().front();
  explored::Options options{.method = explored::Method::dfs, .preemptions = check.preemptions, .sites = true};
  bool failed = false;
  for (const auto& site : check.explore(options).sites) {
    options.weakened = site;
    const Report report = check.run(options);
    if (!report.found) continue;
    failed = true;
    const Replayed replayed = replay_part(part_replay_text(report));
    EXPECT_FALSE(replayed.failed && replayed.error.empty());
  }
  EXPECT_TRUE(failed) << "no weakened order made it fail";
}

TEST(PartReplay, RefusesWhatItCannotRun) {
  EXPECT_FALSE(is_part_replay("rota1/fifo/relaxed/w1:t0=/ab12/0"));
  EXPECT_FALSE(is_part_replay("rota2/mechanism/relaxed/x/0"));
  EXPECT_NE(replay_part("rota1/mechanism/relaxed/x").error.find("cut off"), std::string::npos);
  EXPECT_NE(replay_part("rota1/mechanism/strong/x/0").error.find("expected sc or relaxed"), std::string::npos);
  EXPECT_NE(replay_part("rota1/mechanism/sc/x/0").error.find("does not have"), std::string::npos);
  EXPECT_NE(replay_part("rota1/queue/sc/x/y/0").error.find("does not have"), std::string::npos);
  EXPECT_NE(replay_part("rota1/queue/sc/local-ring/nonsense/0").error.find("script"), std::string::npos);
}

}  // namespace
}  // namespace rota::checks
