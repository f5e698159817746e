// Litmus programs as programs of the explored world.
#include "checks/litmus/run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <stdexcept>

#include "worlds/explored/world.hpp"

namespace rota::checks::litmus {
namespace {

using E = env::Explored;
using Word = E::atomic<std::uint64_t>;

// Gathers outcomes. The program writes into its arrays; the set grows between executions, outside of the arena.
class Collector final : public explored::Observer {
 public:
  explicit Collector(const Program& program) : program_(program) {}

  void begin() override {
    ended = false;
    registers.fill(0);
    memory.fill(0);
  }
  void see(const TraceEvent&) override {}
  void end() override {
    if (ended) outcomes.insert(outcome(program_, registers.data(), memory.data()));
  }

  std::array<std::uint64_t, max_registers> registers{};
  std::array<std::uint64_t, max_locations> memory{};
  bool ended = false;  // the program ran to its end in this execution
  Outcomes outcomes;

 private:
  const Program& program_;
};

std::uint64_t access(const Operation& op, Word& word) {
  switch (op.kind) {
    case Kind::load:
      return word.load(op.order);
    case Kind::store:
      word.store(op.value, op.order);
      return 0;
    case Kind::exchange:
      return word.exchange(op.value, op.order);
    case Kind::fetch_add:
      return word.fetch_add(op.value, op.order);
    case Kind::compare_exchange: {
      std::uint64_t seen = op.expected;
      static_cast<void>(word.compare_exchange(seen, op.value, op.order, failed(op.order)));
      return seen;
    }
    case Kind::fence:
      E::full_fence();
      return 0;
  }
  return 0;
}

void walk(const std::vector<Operation>& operations, std::array<Word, max_locations>& words, Collector& collector) {
  for (const Operation& op : operations) {
    const std::uint64_t value = access(op, words[op.location]);
    if (op.target >= 0) collector.registers[static_cast<std::size_t>(op.target)] = value;
  }
}

void play(const Program& program, Collector& collector) {
  static constexpr const char* names[max_threads] = {"t1", "t2", "t3", "t4"};
  std::array<Word, max_locations> words;
  std::array<E::thread, max_threads> threads;
  for (std::size_t i = 0; i < program.threads.size(); ++i) {
    threads[i] =
        E::thread(ThreadOptions{.name = names[i], .pu = {}},
                  [&words, &collector, &operations = program.threads[i]] { walk(operations, words, collector); });
  }
  for (std::size_t i = 0; i < program.threads.size(); ++i) threads[i].join();
  for (const std::uint8_t at : program.finals) collector.memory[at] = words[at].load(Order::relaxed);
  collector.ended = true;
}

Outcomes without(const Outcomes& left, const Outcomes& right) {
  Outcomes rest;
  std::set_difference(left.begin(), left.end(), right.begin(), right.end(), std::inserter(rest, rest.end()));
  return rest;
}

std::string problem(const Row& row, const explored::Verdict& verdict) {
  if (!verdict.passed) return fmt::format("{}: {}", verdict.failure.id, verdict.failure.sentence);
  const Outcomes extra = without(row.seen, row.allowed);
  if (!extra.empty()) return fmt::format("the model forbids {}", fmt::join(extra, " | "));
  if (!row.owes_all) return {};
  if (!row.complete) return "the budget ended before the schedules did";
  const Outcomes missing = without(row.allowed, row.seen);
  if (!missing.empty()) return fmt::format("never seen: {}", fmt::join(missing, " | "));
  return {};
}

[[noreturn]] void refuse(const std::string& name) {
  std::vector<std::string> known;
  for (const LitmusTest& test : all_tests()) {
    if (known.empty() || known.back() != test.name) known.push_back(test.name);
  }
  throw std::invalid_argument(fmt::format("no litmus test '{}'; known: {}", name, fmt::join(known, ", ")));
}

}  // namespace

explored::Options exhaustive(explored::Memory memory) {
  explored::Options options;
  options.memory = memory;
  options.method = explored::Method::dfs;
  options.budget = std::chrono::minutes(1);
  return options;
}

Row run(const LitmusTest& test, const explored::Options& options) {
  Row row{.test = test.name, .orders = test.orders, .text = test.text, .asked = test.asked, .memory = options.memory};
  row.allowed = allowed(test.program, options.memory == explored::Memory::sc ? Model::sc : Model::stepwise);
  row.owes_all = options.method == explored::Method::dfs && options.preemptions == explored::Options::unlimited;
  Collector collector(test.program);
  const explored::Verdict verdict = explored::explore(options, [&] { play(test.program, collector); }, &collector);
  row.seen = collector.outcomes;
  row.executions = verdict.executions;
  row.complete = verdict.complete;
  row.time = verdict.time;
  row.problem = problem(row, verdict);
  row.passed = row.problem.empty();
  row.schedule = verdict.failure.schedule;
  return row;
}

std::vector<Row> run_all(const std::string& name, const std::vector<explored::Options>& searches,
                         const std::function<void(const Row&)>& told) {
  std::vector<Row> rows;
  for (const LitmusTest& test : all_tests()) {
    if (!name.empty() && name != test.name) continue;
    for (const explored::Options& options : searches) {
      rows.push_back(run(test, options));
      if (told) told(rows.back());
    }
  }
  if (rows.empty()) refuse(name);
  return rows;
}

std::vector<Row> run_all(const std::string& name) {
  return run_all(name, {exhaustive(explored::Memory::sc), exhaustive(explored::Memory::relaxed)});
}

}  // namespace rota::checks::litmus
