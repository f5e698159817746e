// rota check: which checks a request means, and running them one after the other within its budget.
#include "command/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "checks/history/queues.hpp"
#include "checks/mechanism/mechanism.hpp"
#include "checks/whole/part_replay.hpp"
#include "runtime/near_name.hpp"
#include "runtime/settings.hpp"

namespace rota::command {
namespace {

using explored::Memory;
using explored::Method;

// Everything that is one report: a part of a policy's conformance, of the mechanism or of the queues.
struct Item {
  std::string name;
  unsigned weight;  // shares of the budget
  std::function<checks::Report()> run;
};

explored::Options explore_options(const CheckRequest& request, Memory memory, Method method,
                                  std::chrono::nanoseconds budget) {
  return {.memory = memory,
          .method = method,
          .seed = request.seed,
          .depth = request.depth,
          .preemptions = request.preemptions,
          .budget = budget,
          .twice = request.twice};
}

// A part's own programs are few: dfs, which can come to its end, gets most of the time.
unsigned weight_of(Method method) { return method == Method::dfs ? 6 : 1; }

class Run {
 public:
  Run(const CheckRequest& request, const CheckPlan& plan) : request_(request), plan_(plan), table_(request) {}

  void add_subject(const checks::Subject& subject) {
    for (const Memory memory : plan_.memories) {
      for (const Method method : plan_.methods) {
        // With one thread there is nothing to choose: every search would run the same.
        if (subject.one_thread && std::pair(memory, method) != std::pair(plan_.memories[0], plan_.methods[0])) continue;
        items_.push_back({fmt::format("{} {} {}", subject.name, to_string(memory), to_string(method)), 20,
                          [this, &subject, memory, method] { return check(subject, memory, method); }});
      }
    }
  }

  void add_mechanism() {
    for (const auto& one : checks::mechanism_checks()) {
      for (const Memory memory : plan_.memories) {
        for (const Method method : plan_.methods)
          items_.push_back({std::string(one.name), weight_of(method), [this, &one, memory, method] {
                              auto options = explore_options(request_, memory, method, share());
                              options.preemptions = one.preemptions;
                              return one.run(options);
                            }});
      }
    }
  }

  void add_queues() {
    for (const auto& one : checks::history::structures()) {
      for (const Memory memory : plan_.memories) {
        for (const Method method : plan_.methods)
          items_.push_back({std::string(one.name), weight_of(method), [this, &one, memory, method] {
                              return checks::history::check_structure(
                                  one, explore_options(request_, memory, method, share()));
                            }});
      }
    }
  }

  int run() {
    end_ = std::chrono::steady_clock::now() + plan_.budget;
    for (const Item& item : items_) left_ += item.weight;
    for (const Item& item : items_) {
      weight_ = item.weight;
      show_working(item.name);
      checks::Report report = item.run();
      if (report.found && report.found->replay.empty()) report.found->replay = checks::part_replay_text(report);
      table_.add(report);
      left_ -= item.weight;
    }
    return table_.close();
  }

 private:
  // What an item may take: an equal share of what is left, since others needed less.
  [[nodiscard]] std::chrono::nanoseconds share() const {
    const auto left =
        std::max<std::chrono::nanoseconds>(end_ - std::chrono::steady_clock::now(), std::chrono::milliseconds(50));
    return left * weight_ / left_;
  }

  checks::Report check(const checks::Subject& subject, Memory memory, Method method) {
    checks::CheckOptions options;
    options.memory = memory;
    options.method = method;
    options.budget = share();
    options.seed = request_.seed;
    options.depth = request_.depth;
    options.preemptions = request_.preemptions;
    options.twice = request_.twice;
    options.progress = [](const checks::Report& report) {
      show_working(fmt::format("{} {} {}: {} programs, {} executions", report.subject, to_string(report.memory),
                               to_string(report.method), report.programs, report.executions));
    };
    return checks::check(subject, options);
  }

  const CheckRequest& request_;
  const CheckPlan& plan_;
  CheckTable table_;
  std::vector<Item> items_;
  std::chrono::steady_clock::time_point end_;
  long left_ = 0;    // weight of the items to come, with the one that runs
  long weight_ = 1;  // of the one that runs
};

const checks::Subject* find(std::span<const checks::Subject> subjects, std::string_view name) {
  for (const auto& subject : subjects) {
    if (subject.name == name) return &subject;
  }
  return nullptr;
}

int unknown(const std::string& what, std::span<const checks::Subject> subjects, const ShippedChecks* shipped,
            bool parts) {
  std::vector<std::string_view> known;
  for (const auto& subject : subjects) known.push_back(subject.name);
  if (shipped != nullptr) known.insert(known.end(), shipped->policies.begin(), shipped->policies.end());
  if (parts) known.insert(known.end(), {"all", "mechanism", "queues", "litmus", "mutants"});
  fmt::print(stderr, "rota: nothing to check is called {}; known: {}\n", quoted_word(what, known),
             fmt::join(known, ", "));
  return 2;
}

}  // namespace

CheckPlan plan_of(const CheckRequest& request) {
  CheckPlan plan;
  if (request.memory != "relaxed") plan.memories.push_back(Memory::sc);
  if (request.memory != "sc") plan.memories.push_back(Memory::relaxed);
  for (const Method method : {Method::random, Method::pct, Method::dfs}) {
    if (request.strategy == "all" || request.strategy == to_string(method)) plan.methods.push_back(method);
  }
  const std::string text = !request.budget.empty()     ? request.budget
                           : request.what == "mutants" ? "4min"
                           : request.what == "all"     ? "2min"
                                                       : "30s";
  Duration budget{};
  (void)parse_duration(text, budget);
  plan.budget = budget;
  return plan;
}

int run_check(const CheckRequest& request, std::span<const checks::Subject> subjects, const ShippedChecks* shipped) {
  const CheckPlan plan = plan_of(request);
  if (!request.explain.empty()) return explain_id(request);
  if (!request.replay.empty()) return replay_check(request, subjects);
  const checks::Subject* const subject = find(subjects, request.what);
  if (request.weaken) {
    if (subject == nullptr) return unknown(request.what, subjects, shipped, false);
    if (subject->one_thread) {
      fmt::print(stderr, "rota: --weaken: {} runs in one thread, where no memory order matters\n", subject->name);
      return 2;
    }
    return check_weakened(request, plan, *subject);
  }
  const bool own = shipped != nullptr;
  if (own && request.what == "litmus") return check_litmus(request);
  const bool all = own && request.what == "all";
  Run run(request, plan);
  if (subject != nullptr) {
    run.add_subject(*subject);
  } else if (all) {
    for (const auto& each : subjects) run.add_subject(each);
  } else if (!own || (request.what != "mechanism" && request.what != "queues")) {
    return unknown(request.what, subjects, shipped, own);
  }
  if (all || request.what == "mechanism") run.add_mechanism();
  if (all || request.what == "queues") run.add_queues();
  return run.run();
}

}  // namespace rota::command
