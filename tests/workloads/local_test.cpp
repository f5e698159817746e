// Workloads in the world of one thread, where they differ from those with threads.
#include "worlds/local.hpp"
#include "tests/workloads/measuring.hpp"
#include "tests/workloads/script.hpp"

namespace rota::workloads::testing {
namespace {

Start<env::Local> starter(std::string_view policy) {
  return [found = find(schedulers::policies_in<env::Local>(), policy)] {
    return found->start(Placement(Topology::host(), "none", 1), RuntimeConfig{}, {});
  };
}

TEST(MemoryInOneThread, EndsItsTasksByTheirHandles) {
  for (const std::string on : {"nothing", "event"}) {
    SettingValues all;
    SettingError error;
    ASSERT_TRUE(workload("memory").check({{"tasks", 300}, {"on", on}}, all, error));
    EXPECT_EQ(got(find(workloads_in<env::Local>(), "memory")->measure(starter("fifo"), all, iterations(1)), "tasks"),
              "300");
  }
}

TEST(StartupInOneThread, AsksForAProbeInThatWorld) {
  const Script program(R"(
read -r request
case "$request" in *'"use":"local:fifo"'*) ;; *) exit 9 ;; esac
)" + probe_answer);
  const SettingValues values{{"probe", false}, {"program", program.path()}};
  const Result result = find(workloads_in<env::Local>(), "startup")->measure(starter("fifo"), values, iterations(1));
  EXPECT_EQ(got(result, "exit"), "0");
  EXPECT_EQ(got(result, "tasks"), "1");
}

}  // namespace
}  // namespace rota::workloads::testing
