// The workload that starts programs, and what workloads ask of the operating system.
#include <sys/stat.h>

#include "tests/support/temporary_folder.hpp"
#include "tests/workloads/measuring.hpp"
#include "workloads/host/system.hpp"

namespace rota::workloads::testing {
namespace {

const schedulers::PolicyEntry& policy() { return schedulers::policies().front(); }

Result startup_of(const std::string& program) {
  return measure_with(workload("startup"), policy(), 2, {{"program", program}});
}

// A shell script that is there as long as the test runs.
class Script {
 public:
  explicit Script(const std::string& text) : path_(folder_.write("program", "#!/bin/sh\n" + text).string()) {
    chmod(path_.c_str(), 0700);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  rota::testing::TemporaryFolder folder_;
  std::string path_;
};

TEST(Startup, AsksTheProgramForOneProbeOfTheSamePolicyAndWorkers) {
  const Script program(R"(
read -r request
test "$1" = cell || exit 9
for part in '"use":"startup"' '"probe":true' '"workers":2' '"use":")" +
                       std::string(policy().name) + R"("'; do
  case "$request" in *"$part"*) ;; *) exit 9 ;; esac
done
echo '{"kind":"metric","metric":"program_rss","unit":"bytes","value":4096000.0,"iterations":1}'
)");
  const Result result = startup_of(program.path());
  EXPECT_EQ(got(result, "exit"), "0");
  EXPECT_EQ(result.measurements.at(2).metric, "program_rss");
  EXPECT_EQ(result.measurements.at(2).value, 4096000.0);
}

TEST(Startup, FailsItsCheckIfTheProgramDoes) {
  EXPECT_EQ(got(startup_of("/bin/false"), "exit"), "1");
  const Script killed("kill -KILL $$");
  EXPECT_EQ(got(startup_of(killed.path()), "exit"), "137");
}

TEST(Startup, RefusesToStartAProgramThatIsNotRotaByItself) {
  EXPECT_THROW((void)startup_of(""), std::runtime_error);
  EXPECT_THROW((void)startup_of("/no/such/program"), std::runtime_error);
}

TEST(Startup, AsAProbeRunsExactlyOneTask) {
  const Result result = measure_with(workload("startup"), policy(), 1, {{"probe", true}}, iterations(5));
  EXPECT_EQ(got(result, "tasks"), "1");
  EXPECT_EQ(result.measurements.front().iterations, 1U);
}

TEST(System, KnowsTheResidentMemoryOfThisProgram) {
  const std::uint64_t before = host::resident_bytes();
  constexpr std::size_t size = 64U << 20;
  {
    std::vector<char> block(size);
    for (std::size_t i = 0; i < size; i += 4096) static_cast<volatile char&>(block[i]) = 1;
    EXPECT_GE(host::resident_bytes() + (8U << 20), before + size) << static_cast<volatile char&>(block[4096]);
  }
  EXPECT_GE(host::peak_resident_bytes() + (8U << 20), before + size);
}

}  // namespace
}  // namespace rota::workloads::testing
