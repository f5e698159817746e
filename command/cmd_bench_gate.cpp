// rota bench-gate: times this build's micro benchmarks against those of a commit, in one interleaved run.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>
#include <random>

#include "analysis/figures/gate.hpp"
#include "analysis/terminal/gate_table.hpp"
#include "command/bench_program.hpp"
#include "command/command.hpp"
#include "experiments/run/progress.hpp"
#include "record/input_error.hpp"
#include "worlds/random.hpp"

namespace rota::command {
namespace {

using analysis::Side;
using analysis::Timing;
using record::InputError;

struct Options {
  std::string commit, here, there;
  std::string filter = "^path/";
  unsigned blocks = 10;
  double min_time = 0.02;
  std::uint64_t seed = 0;
};

// On a terminal one line that is redrawn, elsewhere one for each block.
class Shown {
 public:
  Shown(std::size_t blocks, std::size_t steps) : blocks_(blocks), steps_(steps) {}
  void step(std::size_t block, const std::string& what) {
    ++done_;
    if (terminal_) {
      fmt::print(stderr, "\r{} block {}/{}  {} left  {:.40}\033[K", experiments::bar(done_, steps_, 24), block + 1,
                 blocks_, experiments::clock_text(left()), what);
    } else if (done_ * blocks_ % steps_ == 0) {
      fmt::print(stderr, "rota: block {} of {} done, {} left\n", block + 1, blocks_, experiments::clock_text(left()));
    }
  }
  ~Shown() {
    if (terminal_) fmt::print(stderr, "\r\033[K");
  }
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;

 private:
  [[nodiscard]] double left() const {
    const std::chrono::duration<double> so_far = std::chrono::steady_clock::now() - begin_;
    return so_far.count() / static_cast<double>(done_) * static_cast<double>(steps_ - done_);
  }
  const std::size_t blocks_, steps_;
  const bool terminal_ = isatty(STDERR_FILENO) != 0;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::size_t done_ = 0;
};

struct Step {
  std::string benchmark;
  Side side;
};

// All benchmarks that both builds have, three times each: this build, this build once more, that build. The three are
// neighbours, so that little time lies between what is compared.
std::vector<Step> in_chance_order(std::vector<std::string> names, Random& random) {
  const auto shuffle = [&random](auto& all) {
    for (std::size_t i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[random.below(static_cast<std::uint32_t>(i))]);
  };
  shuffle(names);
  std::vector<Step> steps;
  for (const std::string& name : names) {
    std::vector<Side> sides{Side::here, Side::again, Side::there};
    shuffle(sides);
    for (const Side side : sides) steps.push_back({name, side});
  }
  return steps;
}

std::vector<Timing> time_all(const std::vector<std::string>& names, const Options& options,
                             const experiments::Interrupt& interrupt) {
  const BenchProgram here(options.here, interrupt), there(options.there, interrupt);
  std::vector<Timing> timings;
  Random random(options.seed);
  Shown shown(options.blocks, std::size_t{options.blocks} * names.size() * 3);
  for (unsigned block = 0; block < options.blocks; ++block) {
    for (const Step& step : in_chance_order(names, random)) {
      const BenchProgram& program = step.side == Side::there ? there : here;
      timings.push_back({step.benchmark, block, step.side, program.time(step.benchmark, options.min_time)});
      shown.step(block, step.benchmark);
    }
  }
  return timings;
}

// Those of one build only, and those of both.
struct Names {
  std::vector<std::string> both, here, there;
};
Names compare_names(const std::vector<std::string>& here, const std::vector<std::string>& there) {
  const auto has = [](const auto& all, const std::string& name) { return std::ranges::find(all, name) != all.end(); };
  Names names;
  for (const std::string& name : here) (has(there, name) ? names.both : names.here).push_back(name);
  for (const std::string& name : there) {
    if (!has(here, name)) names.there.push_back(name);
  }
  return names;
}

void add_alone(const std::vector<std::string>& names, analysis::GateRow::Verdict verdict,
               std::vector<analysis::GateRow>& rows) {
  for (const std::string& name : names) rows.push_back({.benchmark = name, .verdict = verdict});
}

void gate(Options options, Context& context) {
  if (options.here.empty() || options.there.empty())
    throw InputError("bench-gate needs both builds: call ./rota bench-gate COMMIT, the commit first");
  const experiments::Interrupt interrupt;
  const Names names = compare_names(BenchProgram(options.here, interrupt).names(options.filter),
                                    BenchProgram(options.there, interrupt).names(options.filter));
  if (names.both.empty())
    throw InputError(
        fmt::format("FILTER: expected one that fits a benchmark of both builds, got '{}', which fits {} of "
                    "this build and {} of {}",
                    options.filter, names.here.size(), names.there.size(), options.commit));
  if (options.seed == 0) options.seed = std::random_device()();
  fmt::print("{} benchmarks against {}, {} blocks, order drawn from seed {}\n\n", names.both.size(), options.commit,
             options.blocks, options.seed);
  std::fflush(stdout);
  auto rows = analysis::judge(time_all(names.both, options, interrupt));
  std::ranges::sort(rows, {}, &analysis::GateRow::benchmark);
  add_alone(names.here, analysis::GateRow::Verdict::only_here, rows);
  add_alone(names.there, analysis::GateRow::Verdict::only_there, rows);
  fmt::print("{}", analysis::gate_table(rows, options.commit.substr(0, 8), isatty(STDOUT_FILENO) != 0));
  if (count_of(rows, analysis::GateRow::Verdict::worse) > 0) context.status = 1;
}

}  // namespace

void add_bench_gate(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "bench-gate", "Hold this build's micro benchmarks against those of a commit; 1 if one is worse");
  command->add_option("COMMIT", options->commit, "what to compare with; it is built below build/gate/")->required();
  command->add_option("FILTER", options->filter, "a regular expression: which benchmarks; '.' for all");
  command->add_option("--blocks", options->blocks, "how often each is timed")->check(CLI::Range(3, 1000));
  command->add_option("--min-time", options->min_time, "how long each time, in seconds")
      ->check(CLI::Range(0.001, 60.0));
  command->add_option("--seed", options->seed, "draws the order of a block; 0: a new one");
  command->add_option("--here", options->here)->group("");
  command->add_option("--there", options->there)->group("");
  command->callback([options, &context] { gate(*options, context); });
}

}  // namespace rota::command
