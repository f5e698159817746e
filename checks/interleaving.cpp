// The table of an execution.
#include "checks/interleaving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace rota::checks {
namespace {

std::string_view origin_name(std::uint64_t value) {
  constexpr std::array<std::string_view, 6> names{"spawn", "wake", "reactor", "timer", "yield", "preempt"};
  return value < names.size() ? names[value] : "?";
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string access_in_words(const explored::Step& step) {
  std::string text(to_string(step.kind));
  if (order_matters(step.kind)) text += fmt::format(" {}", to_string(step.order));
  if (step.stale) text += ", stale";
  return fmt::format("{}  {}:{}", text, base_name(step.file), step.line);
}

bool interesting(const explored::Step& step) {
  using enum explored::AccessKind;
  return step.stale || step.kind == full_fence || step.kind == unpark || step.kind == park_ends ||
         step.kind == park_times_out;
}

struct Line {
  std::uint32_t step;
  unsigned thread;
  std::string text;
};

// Marks take effect with the access before them, and so come after it.
std::vector<Line> lines_of(const explored::Failure& failure, Detail detail) {
  std::vector<Line> lines;
  auto step = failure.steps.begin();
  const auto accesses_up_to = [&](std::uint32_t last) {
    for (; step != failure.steps.end() && step->step <= last; ++step) {
      if (detail == Detail::accesses || interesting(*step))
        lines.push_back({step->step, step->thread, access_in_words(*step)});
    }
  };
  for (const TraceEvent& event : failure.trace) {
    accesses_up_to(event.step);
    if (event.mark == Mark::look || event.mark == Mark::enqueued || event.mark == Mark::told) continue;
    lines.push_back({event.step, event.thread, in_words(event)});
  }
  accesses_up_to(~std::uint32_t{0});
  return lines;
}

}  // namespace

// a table: of marks and their words
std::string in_words(const TraceEvent& e) {
  const std::string task = fmt::format("task {}", e.subject);
  switch (e.mark) {
    case Mark::spawn:
      return "spawns " + task;
    case Mark::refuse:
      return "is refused " + task;
    case Mark::told:
      return "what the author told of " + task;
    case Mark::enqueue:
      return fmt::format("enqueues {} ({})", task, origin_name(e.value));
    case Mark::enqueued:
      return "has enqueued it";
    case Mark::pick:
      return "picks " + task;
    case Mark::steal:
      return "steals " + task;
    case Mark::drain:
      return "drains " + task;
    case Mark::resume:
      return "RUNS " + task;
    case Mark::arm:
      return fmt::format("{} begins to suspend, epoch {}", task, e.value);
    case Mark::retract:
      return task + " need not suspend";
    case Mark::suspend:
      return task + " is suspended";
    case Mark::notified:
      return task + " was woken meanwhile";
    case Mark::wake:
      return fmt::format("wakes {}, epoch {}", task, e.value);
    case Mark::stale:
      return fmt::format("stale wake of {}, epoch {}", task, e.value);
    case Mark::used:
      return fmt::format("{} has run for {} ns", task, e.value);
    case Mark::preempt:
      return "is asked to give way, and does";
    case Mark::yield:
      return task + " yields";
    case Mark::finish:
      return task + " finishes";
    case Mark::cancel:
      return task + " is cancelled";
    case Mark::destroy:
      return "body of " + task + " destroyed";
    case Mark::look:
      return "asks the policy";
    case Mark::park:
      return "PARKS";
    case Mark::unparked:
      return "is unparked";
    case Mark::leave:
      return "ends";
    case Mark::submit:
    case Mark::complete:
    case Mark::withdraw:
    case Mark::collect:
      return fmt::format("{} op {}", to_string(e.mark), e.value >> 32);
    case Mark::poll:
      return "polls the reactor";
    case Mark::polled:
      return fmt::format("polled: {} completions", e.value);
    case Mark::interrupt:
      return "interrupts the reactor";
    case Mark::note:
      return "ALL AT REST";
    case Mark::shutdown:
      return "shuts down";
    case Mark::ended:
      return "has shut down";
  }
  return {};
}

std::string interleaving_table(const explored::Failure& failure, Detail detail) {
  if (failure.trace.empty() && failure.steps.empty()) return {};
  const std::vector<Line> lines = lines_of(failure, detail);
  std::vector<std::size_t> width(failure.threads.size(), 0);
  for (std::size_t t = 0; t < width.size(); ++t) width[t] = failure.threads[t].size();
  for (const Line& line : lines) {
    if (line.thread < width.size()) width[line.thread] = std::max(width[line.thread], line.text.size());
  }
  std::string text = fmt::format("{:>5}", "step");
  for (std::size_t t = 0; t < width.size(); ++t) text += fmt::format("  {:<{}}", failure.threads[t], width[t]);
  text += '\n';
  for (const Line& line : lines) {
    std::string row = fmt::format("{:>5}", line.step);
    for (unsigned t = 0; t < width.size() && t <= line.thread; ++t)
      row += fmt::format("  {:<{}}", t == line.thread ? line.text : "", t == line.thread ? 0 : width[t]);
    text += row + '\n';
  }
  return text;
}

}  // namespace rota::checks
