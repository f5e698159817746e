// Programs one step simpler than a given one.
#include <algorithm>

#include "checks/conformance/generate.hpp"

namespace rota::checks {
namespace {

// Keeps the candidates that keep the rules.
class Candidates {
 public:
  void offer(Program candidate) {
    if (problem(candidate).empty()) all_.push_back(std::move(candidate));
  }
  template <class Change> void offer(const Program& program, Change change) {
    Program candidate = program;
    change(candidate);
    if (candidate != program) offer(std::move(candidate));
  }
  [[nodiscard]] std::vector<Program> take() { return std::move(all_); }

 private:
  std::vector<Program> all_;
};

// The steps of a task, or of the outside.
Steps& steps_of(Program& program, std::size_t owner) {
  return owner < program.tasks.size() ? program.tasks[owner] : program.outside;
}
const Steps& steps_of(const Program& program, std::size_t owner) {
  return owner < program.tasks.size() ? program.tasks[owner] : program.outside;
}

// Removes steps [first, last), and what keeps a worker for a task that is no longer spawned there.
Program without_steps(Program program, std::size_t owner, std::size_t first, std::size_t last) {
  Steps& steps = steps_of(program, owner);
  const auto at = [&](std::size_t i) { return steps.begin() + static_cast<std::ptrdiff_t>(i); };
  const Steps removed(at(first), at(last));
  steps.erase(at(first), at(last));
  std::erase_if(steps, [&](Step step) {
    return step.what == Do::hold && std::ranges::find(removed, Step{Do::spawn, step.operand}) != removed.end();
  });
  return program;
}

std::vector<Step> simpler(Step step) {
  std::vector<Step> result;
  if (step.what == Do::wake_twice || step.what == Do::wake_older) result.push_back({Do::wake, step.operand});
  if (step.what == Do::sleep && step.operand > 1) result.push_back({Do::sleep, 1});
  if (step.what == Do::sleep) result.push_back({Do::yield});
  if (step.what == Do::work && step.operand > 1) result.push_back({Do::work, 1});
  if (step.what == Do::work || step.what == Do::checkpoint) result.push_back({Do::yield});
  if (step.what == Do::io) result.push_back({Do::suspend});
  const bool free_choice = names_task(step.what) && step.what != Do::spawn && step.what != Do::hold;
  if (free_choice && step.operand > 0) result.push_back({step.what, 0});
  return result;
}

void offer_halves(Candidates& candidates, const Program& program) {
  for (std::size_t owner = 0; owner <= program.tasks.size(); ++owner) {
    const std::size_t size = steps_of(program, owner).size();
    if (size < 3) continue;
    candidates.offer(without_steps(program, owner, size / 2, size));
    candidates.offer(without_steps(program, owner, 0, size / 2));
  }
}

void offer_steps(Candidates& candidates, const Program& program) {
  for (std::size_t owner = 0; owner <= program.tasks.size(); ++owner) {
    for (std::size_t i = steps_of(program, owner).size(); i-- > 0;)
      candidates.offer(without_steps(program, owner, i, i + 1));
  }
  for (std::size_t owner = 0; owner <= program.tasks.size(); ++owner) {
    for (std::size_t i = 0; i < steps_of(program, owner).size(); ++i) {
      for (const Step step : simpler(steps_of(program, owner)[i]))
        candidates.offer(program, [&](Program& changed) { steps_of(changed, owner)[i] = step; });
    }
  }
}

}  // namespace

Program without_task(const Program& program, std::size_t task) {
  Program result = program;
  result.tasks.erase(result.tasks.begin() + static_cast<std::ptrdiff_t>(task));
  for (std::size_t later = task; later < program.tasks.size(); ++later)
    result.set_kind(later, later + 1 < program.tasks.size() ? program.kind(later + 1) : Kind{});
  for (std::size_t owner = 0; owner <= result.tasks.size(); ++owner) {
    Steps& steps = steps_of(result, owner);
    std::erase_if(steps, [&](Step step) { return names_task(step.what) && step.operand == task; });
    for (Step& step : steps) {
      if (names_task(step.what) && step.operand > task) --step.operand;
    }
  }
  return result;
}

std::vector<Program> simpler(const Program& program) {
  Candidates candidates;
  candidates.offer(program, [](Program& p) { p.early_shutdown = false; });
  candidates.offer(program, [](Program& p) { p.outside.clear(); });
  for (std::size_t task = program.tasks.size(); task-- > 0;) candidates.offer(without_task(program, task));
  candidates.offer(program, [](Program& p) { --p.workers; });
  offer_halves(candidates, program);
  for (std::size_t task = 0; task < program.tasks.size(); ++task) {
    const Kind kind = program.kind(task);
    if (kind.told) candidates.offer(program, [&](Program& p) { p.set_kind(task, {.fiber = kind.fiber, .told = {}}); });
    if (kind.fiber)
      candidates.offer(program, [&](Program& p) { p.set_kind(task, {.fiber = false, .told = kind.told}); });
  }
  offer_steps(candidates, program);
  candidates.offer(program, [](Program& p) { p.seed = 1; });
  return candidates.take();
}

}  // namespace rota::checks
