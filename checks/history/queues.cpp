// Explores the programs of a structure and puts what came of it into one report.
#include "checks/history/queues.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <unordered_set>

namespace rota::checks::history {
namespace {

using Clock = std::chrono::steady_clock;

// Executions of one program in the first round of a strategy that has no end, and in later ones.
constexpr std::uint64_t first_round = 50, later_rounds = 800;

bool overlaps(History history) {
  return std::ranges::any_of(history, [&](const Operation& a) {
    return std::ranges::any_of(
        history, [&](const Operation& b) { return a.begin < b.begin && b.begin < a.end && !a.pending(); });
  });
}

std::uint64_t fingerprint(History history) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3U ^ (hash >> 29); };
  for (const Operation& operation : history) {
    mix(static_cast<std::uint64_t>(operation.call) << 16 | operation.thread << 8 | operation.object);
    mix(std::uint64_t{operation.begin} << 32 | operation.end);
    mix(operation.result.size());
    for (const int value : operation.result) mix(static_cast<std::uint64_t>(value));
  }
  return hash;
}

// Judges the history of each execution that came to its end. Histories seen before are not judged again.
class Judge final : public explored::Observer {
 public:
  Judge(const Structure& structure, const Script& script, Recorder& recorder, Precedence precedence)
      : structure_(structure), script_(script), recorder_(recorder), precedence_(precedence) {}

  void begin() override { recorder_.reset(); }
  void see(const TraceEvent&) override {}
  void end() override {
    if (!recorder_.finished()) return;
    ++finished;
    const History history = recorder_.history();
    if (overlaps(history)) ++overlapping;
    const std::uint64_t print = fingerprint(history);
    if (sound_.contains(print)) return;
    const Complaint complaint = structure_.judge(script_, history, precedence_);
    if (!complaint.id.empty()) return report(complaint);
    if (sound_.size() < most_prints) sound_.insert(print);
  }

  std::uint64_t finished = 0, overlapping = 0;
  [[nodiscard]] std::size_t histories() const noexcept { return sound_.size(); }

 private:
  static constexpr std::size_t most_prints = 1 << 16;

  // The execution has ended already: fail() writes the failure down, and finds nothing that it could stop.
  static void report(const Complaint& complaint) {
    try {
      explored::fail(complaint.id, complaint.sentence);
    } catch (const std::logic_error&) {
    }
  }

  const Structure& structure_;
  const Script& script_;
  Recorder& recorder_;
  const Precedence precedence_;
  std::unordered_set<std::uint64_t> sound_;
};

// One after the other, until one fails or the options are spent.
class Campaign {
 public:
  Campaign(const Structure& structure, const explored::Options& options)
      : structure_(structure), options_(options), start_(Clock::now()) {
    report_.subject = structure.name;
    report_.what = fmt::format("queue {}", structure.name);
    report_.memory = options.memory;
    report_.method = options.method;
    report_.complete = options.method == explored::Method::dfs;
  }

  // One part in `shares` of what is left, at most. False if nothing is left, or a failure was found.
  bool run(const std::string& text, std::uint64_t shares, std::uint64_t most = explored::Options::unlimited64) {
    const auto left = options_.budget - (Clock::now() - start_);
    const std::uint64_t executions = options_.max_executions - report_.executions;
    if (!report_.passed || left <= Clock::duration::zero() || executions == 0) {
      report_.complete = false;
      return false;
    }
    explored::Options options = options_;
    options.budget = left / shares;
    options.seed = options_.seed + runs_++;
    options.max_executions = std::min(most, std::max<std::uint64_t>(executions / shares, 1));
    explore_one(text, options);
    return report_.passed;
  }

  [[nodiscard]] Report finish() {
    report_.time = Clock::now() - start_;
    const double all = static_cast<double>(std::max<std::uint64_t>(finished_, 1));
    report_.classes["calls overlap"] = static_cast<double>(overlapping_) / all;
    report_.classes["histories"] = static_cast<double>(histories_);
    return std::move(report_);
  }

 private:
  void explore_one(const std::string& text, const explored::Options& options) {
    const Script script = parse_script(text, structure_.grammar);
    const bool ordered = options.memory == explored::Memory::sc || script.fences;
    Judge judge(structure_, script, recorder_, ordered ? Precedence::real_time : Precedence::program);
    const auto verdict = explored::explore(options, [&] { structure_.run(script, recorder_); }, &judge);
    programs_.insert(text);
    report_.programs = programs_.size();
    report_.executions += verdict.executions;
    report_.steps += verdict.steps;
    report_.complete = report_.complete && verdict.complete;
    finished_ += judge.finished;
    overlapping_ += judge.overlapping;
    histories_ += judge.histories();
    if (!verdict.passed) found(text, verdict);
  }

  void found(const std::string& text, const explored::Verdict& verdict) {
    report_.passed = report_.complete = false;
    report_.found = Found{.id = verdict.failure.id,
                          .sentence = verdict.failure.sentence,
                          .program = text,
                          .replay = {},
                          .executions = report_.executions,
                          .time = Clock::now() - start_,
                          .failure = verdict.failure};
  }

  const Structure& structure_;
  const explored::Options& options_;
  const Clock::time_point start_;
  Recorder recorder_;
  Report report_;
  std::unordered_set<std::string> programs_;
  std::uint64_t runs_ = 0, finished_ = 0, overlapping_ = 0, histories_ = 0;
};

void run_once_each(Campaign& campaign, const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i) campaign.run(texts[i], texts.size() - i);
}

// In rounds that grow, so that what is easy to find is found soon: the programs given, and as many that are drawn.
void run_in_rounds(Campaign& campaign, const std::vector<std::string>& texts, const Structure& structure,
                   const explored::Options& options) {
  Random random(options.seed);
  const auto draw = [&] {
    const bool fences = options.memory == explored::Memory::relaxed && random.below(2) == 0;
    return (fences ? "fences " : "") + draw_script(random, structure.grammar);
  };
  for (std::uint64_t most = first_round;; most = std::min(2 * most, later_rounds)) {
    for (const std::string& text : texts) {
      if (!campaign.run(text, 1, most) || !campaign.run(draw(), 1, most)) return;
    }
  }
}

std::vector<std::string> texts_of(const Structure& structure, explored::Memory memory) {
  std::vector<std::string> texts;
  for (const std::string_view program : structure.programs) {
    texts.emplace_back(program);
    if (memory == explored::Memory::relaxed) texts.push_back(fmt::format("fences {}", program));
  }
  return texts;
}

}  // namespace

Report check_script(const Structure& structure, const std::string& script, const explored::Options& options) {
  Campaign campaign(structure, options);
  campaign.run(script, 1);
  return campaign.finish();
}

Report check_structure(const Structure& structure, const explored::Options& options) {
  if (options.method == explored::Method::replay)
    throw std::invalid_argument("a replay needs the program it belongs to");
  Campaign campaign(structure, options);
  const auto texts = texts_of(structure, options.memory);
  if (options.method == explored::Method::dfs) {
    run_once_each(campaign, texts);
  } else {
    run_in_rounds(campaign, texts, structure, options);
  }
  return campaign.finish();
}

std::vector<Report> check_structures(const explored::Options& options) {
  std::vector<Report> reports;
  for (const Structure& structure : structures()) reports.push_back(check_structure(structure, options));
  return reports;
}

}  // namespace rota::checks::history
