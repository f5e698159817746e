// The claims on a terminal against golden text.
#include "analysis/terminal/claim_table.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "analysis/terminal/table.hpp"
#include "analysis/terminal/terminal_text.hpp"
#include "fabricated_claims.hpp"
#include "shown.hpp"

namespace rota::analysis {
namespace {

using testing::TemporaryFolder;

constexpr const char* golden = R"(
Claims
  verdict                what is stated                      as               measured                  Rota's
Switches (sections V and XIII)
  within a factor of 2   Tokio task: 10 - 50 ns              10 – 50 ns       62.2 ns [60.8, 63.3]      12.6 ns
                                                                                                        lifo-slot
                         1.24× above what is stated: each yield passes through a concurrent queue, and changes the
                         task's state by atomics
  does not hold here     smol task: 5 - 10 ns                5 – 10 ns        148 ns [146, 151]         11.6 ns
                                                                                                        work-stealing
                         14.8× above what is stated: each yield passes through a concurrent queue, and changes the
                         task's state by atomics
  holds                  OS thread: 500 - 10,000 ns          500 – 10000 ns   799 ns [790, 811]         12.6 ns
                                                                                                        lifo-slot
  not measured           Goroutine: 80 - 90 ns               80 – 90 ns       –
                         peer:go: missing: not built
Memory of a task (section V)
  holds                  Tokio task: about 128 bytes         115 – 140 bytes  128 B [128, 128]          137 B lifo-slot
  not measured           OS thread: 1 - 8 MB                 1 – 8 MB         –
                         peer:threads: crashed: signal 11 (Segmentation fault)
A web server (section VIII)
  not measured           Tokio: 150K req/sec, 50 MB                           –
                         there is no HTTP server among the workloads

  verdict            line                         asked          measured             asked of          against
  met                Yield: 4× faster than Tokio  4× better      5.39× [5.23, 5.56]   11.6 ns           62.2 ns
                                                                                      work-stealing     peer:tokio
  not measured       Yield: ahead of Go too       4× better      5.39× [5.23, 5.56]   11.6 ns           62.2 ns
                                                                                      work-stealing     peer:tokio
                     met against the others, but peer:go: missing: not built
  not met            Memory: ahead of Tokio       ahead          0.93× [0.93, 0.93]   137 B lifo-slot   128 B peer:tokio
                     its control block alone is 32 bytes, and the join handle takes a word
  met, within noise  Yield: lifo-slot within      within 1.1×    0.91× [0.89, 0.95]   12.6 ns           11.6 ns
                     1.1× of work stealing                                            lifo-slot         work-stealing
Absolute lines
  met                Bytes of a parked task       at most 160    137 B [137, 137]     lifo-slot
                                                  bytes

7 stated figures: 2 hold, 1 within a factor of ten, 1 does not hold here, 3 not measured. 5 lines: 2 met, 1 met within
  noise, 1 not met, 1 not measured.
)";

std::string claims_text(bool colour) {
  const TemporaryFolder folder;
  testing::write_claims(folder.path());
  return testing::claims_of(record::read_run(folder.path()), colour);
}

TEST(ClaimTable, IsWhatItWas) { EXPECT_EQ(claims_text(false), golden); }

TEST(ClaimTable, Fits120Columns) {
  std::istringstream lines(claims_text(false));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(width_of(line), table_width) << line;
}

TEST(ClaimTable, ColoursVerdictsOnATerminalOnly) {
  const std::string coloured = claims_text(true);
  EXPECT_NE(coloured.find("\033[32mholds"), std::string::npos);
  EXPECT_NE(coloured.find("\033[33mwithin a factor of 2"), std::string::npos);
  EXPECT_NE(coloured.find("\033[1;31mdoes not hold here"), std::string::npos);
  EXPECT_EQ(claims_text(false).find('\033'), std::string::npos);
}

TEST(ClaimTable, IsEmptyWithoutClaims) {
  const TemporaryFolder folder;
  testing::write_quickstart(folder.path());
  EXPECT_EQ(testing::claims_of(record::read_run(folder.path())), "");
}

TEST(ClaimTable, PrintsNoControlCharacters) {
  const TemporaryFolder folder;
  record::Manifest manifest = testing::plain_manifest();
  manifest.claims = {testing::stated_claim("evil\033[2J", 1, 2), testing::line_claim({"evil\033[2J"}, {"x\ny"}, 1)};
  manifest.claims[0].where = manifest.claims[0].says = "a\033[31mb\nc";
  testing::write_run(folder.path(), {testing::yield_cell("evil\033[2J", 0, 4)}, manifest);
  EXPECT_EQ(testing::claims_of(record::read_run(folder.path())).find('\033'), std::string::npos);
}

}  // namespace
}  // namespace rota::analysis
