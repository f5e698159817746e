// The workload that starts programs, and what workloads ask of the operating system.
#include "tests/workloads/measuring.hpp"
#include "tests/workloads/script.hpp"
#include "workloads/host/probe.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads::testing {
namespace {

const RealPolicy& policy() { return real_policies().front(); }

Result startup_of(const std::string& program) {
  return measure_with(workload("startup"), policy(), 2, {{"program", program}});
}

TEST(Startup, AsksTheProgramForOneProbeOfTheSamePolicyAndWorkers) {
  const Script program(R"(
read -r request
test "$1" = cell || exit 9
for part in '"use":"startup"' '"probe":true' '"workers":2' '"use":")" +
                       std::string(policy().name) + R"("'; do
  case "$request" in *"$part"*) ;; *) exit 9 ;; esac
done
)" + probe_answer);
  const Result result = startup_of(program.path());
  EXPECT_EQ(got(result, "exit"), "0");
  EXPECT_EQ(got(result, "reported"), "2");
  EXPECT_EQ(value(result, "program_rss"), 4096000.0);
  EXPECT_EQ(value(result, "ready"), 10250.5);
}

TEST(Startup, FailsItsCheckIfTheProgramDoes) {
  EXPECT_EQ(got(startup_of("/bin/false"), "exit"), "1");
  const Script killed("kill -KILL $$");
  EXPECT_EQ(got(startup_of(killed.path()), "exit"), "137");
}

TEST(Startup, FailsItsCheckIfTheProgramDoesNotSayWhatItMeasured) {
  EXPECT_EQ(got(startup_of("/bin/true"), "reported"), "0");
  const Script no_ready(R"(echo '{"kind":"metric","metric":"program_rss","unit":"bytes","value":1,"iterations":1}')");
  EXPECT_EQ(got(startup_of(no_ready.path()), "reported"), "1");
  const Script no_figures(
      R"(echo '{"metric":7,"value":"many"}'; echo '{"metric":"ready","value":"soon"}'; echo 8; echo)");
  EXPECT_EQ(got(startup_of(no_figures.path()), "reported"), "0");
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

TEST(Startup, AsAProbeIsReadyWhenTheFirstTaskBegins) {
  ASSERT_TRUE(main_has_begun);
  const Duration before = host::getting_ready(env::Real::now());
  const Result result = measure_with(workload("startup"), policy(), 1, {{"probe", true}});
  const Duration after = host::getting_ready(env::Real::now());
  EXPECT_GT(value(result, "ready"), nanoseconds(before));
  EXPECT_LT(value(result, "ready"), nanoseconds(after));
}

TEST(Startup, CountsNothingAsGettingReadyThatIsLeftOut) {
  constexpr Duration aside = std::chrono::microseconds(100);
  const TimePoint begin = env::Real::now();
  env::Real::charge({aside});
  const Duration before = host::getting_ready(begin);
  host::leave_out(begin);
  EXPECT_LE(host::getting_ready(begin), before - aside);
  EXPECT_EQ(host::getting_ready(begin + aside), host::getting_ready(begin) + aside);
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
