// Draws programs.
#include "checks/conformance/generate.hpp"

#include <algorithm>
#include <array>

// RapidCheck's umbrella: its parts do not stand alone.
#include <rapidcheck.h>

#include "worlds/random.hpp"

namespace rota::checks {
namespace {

struct Weighted {
  Do what;
  unsigned weight;
};
constexpr std::array of_tasks{Weighted{Do::suspend, 7},    Weighted{Do::wake, 6},      Weighted{Do::wake_twice, 2},
                              Weighted{Do::wake_older, 2}, Weighted{Do::yield, 4},     Weighted{Do::sleep, 2},
                              Weighted{Do::cancel, 2},     Weighted{Do::io, 2},        Weighted{Do::complete, 1},
                              Weighted{Do::work, 3},       Weighted{Do::checkpoint, 1}};
constexpr std::array of_the_outside{Weighted{Do::wake, 6}, Weighted{Do::wake_twice, 2}, Weighted{Do::wake_older, 1},
                                    Weighted{Do::cancel, 2}, Weighted{Do::complete, 2}};

// What authors tell: the borders of what policies look at.
constexpr std::array<std::uint8_t, 6> remainders{0, 1, 2, 3, 4, 200};
constexpr std::array<std::uint8_t, 5> deadlines{Telling::never, 0, 1, 2, 9};
constexpr std::array<std::uint8_t, 4> priorities{0, 1, 2, 9};
constexpr std::array<std::uint8_t, 3> weights{1, 2, 4};
constexpr std::array<std::uint8_t, 3> homes{Telling::anywhere, 0, 1};

class Draw {
 public:
  Draw(std::uint64_t seed, int size, const Subject& subject)
      : random_(seed), size_(static_cast<unsigned>(std::clamp(size, 0, 100))), subject_(subject) {}

  Program operator()() {
    constexpr std::array<unsigned, 8> workers{1, 2, 2, 2, 2, 2, 3, 3};
    program_.workers = subject_.one_thread ? 1 : workers[below(workers.size())];
    program_.early_shutdown = one_in(5);
    program_.seed = one_in(3) ? 1 : 2 + below(62);
    promised_ = subject_.promises(program_);
    const Shape shape = draw_shape();
    program_.tasks.resize(shape == Shape::burst ? 6 + below(3) : 1 + below(2 + size_ / 20));
    for (Steps& steps : program_.tasks) fill(steps, of_tasks, below(shape == Shape::any ? 2 + size_ / 20 : 3));
    if (shape == Shape::long_run) draw_long_run();
    if (shape == Shape::shares) draw_shares();
    if (shape != Shape::shares && one_in(2)) tell();
    for (std::size_t task = 0; task < program_.tasks.size(); ++task) {
      if (one_in(8)) program_.set_kind(task, {.fiber = true, .told = program_.kind(task).told});
    }
    if (!subject_.one_thread && !one_in(3)) fill(program_.outside, of_the_outside, 1 + below(4));
    for (std::size_t task = 1; task < program_.tasks.size(); ++task)
      place_spawn(task, shape == Shape::burst || shape == Shape::shares);
    if (promised_.work_conserving) place_holds();
    return std::move(program_);
  }

 private:
  enum class Shape : std::uint8_t {
    any,
    burst,     // one task spawns many at once: local queues overflow
    long_run,  // a task yields, or two wake each other, again and again: others may starve
    shares,    // many tasks work and yield in two groups: each waits for its share
  };
  Shape draw_shape() {
    if (promised_.fair_shares && one_in(3)) return Shape::shares;
    return one_in(6) ? Shape::burst : one_in(8) ? Shape::long_run : one_in(8) ? Shape::shares : Shape::any;
  }
  void draw_shares() {
    program_.tasks.assign(4 + below(3), {});
    const std::uint8_t weight = weights[1 + below(2)];
    for (std::size_t task = 0; task < program_.tasks.size(); ++task) {
      for (std::uint32_t i = 2 + below(Program::most_steps / 2 - 2); i > 0; --i)
        program_.tasks[task].insert(program_.tasks[task].end(), {{Do::work, operand(Do::work)}, {Do::yield}});
      const bool heavy = task % 2 != 0;
      const auto group = static_cast<std::uint8_t>(heavy ? 1 : 0);
      program_.set_kind(task,
                        {.fiber = false, .told = Telling{.weight = heavy ? weight : std::uint8_t{1}, .group = group}});
    }
  }
  // Those of a group tell the same weight; who tells nothing is of group 0 and weight 1.
  void tell() {
    const auto one_of = [this](const auto& values) { return values[below(values.size())]; };
    const std::array<std::uint8_t, 3> of_group{1, one_of(weights), one_of(weights)};
    for (std::size_t task = 0; task < program_.tasks.size(); ++task) {
      if (one_in(4)) continue;
      const auto group = static_cast<std::uint8_t>(below(of_group.size()));
      program_.set_kind(task, {.fiber = false,
                               .told = Telling{.remaining = one_of(remainders),
                                               .deadline = one_of(deadlines),
                                               .priority = one_of(priorities),
                                               .weight = of_group[group],
                                               .group = group,
                                               .home = one_of(homes)}});
    }
  }
  void draw_long_run() {
    const bool pair = program_.tasks.size() > 1 && !one_in(3);
    const auto again = [&](std::size_t task, Step step) {
      for (std::size_t i = 0; i < Program::most_steps / 2 - 1; ++i)
        program_.tasks[task].insert(program_.tasks[task].end(), {step, {pair ? Do::suspend : Do::yield}});
    };
    for (std::size_t task = 0; task < (pair ? 2U : 1U); ++task) {
      program_.tasks[task].clear();
      again(task, pair ? Step{Do::wake, static_cast<std::uint8_t>(1 - task)} : Step{Do::yield});
    }
  }

  std::uint32_t below(std::size_t bound) { return random_.below(static_cast<std::uint32_t>(bound)); }
  bool one_in(unsigned n) { return below(n) == 0; }

  template <std::size_t N> void fill(Steps& steps, const std::array<Weighted, N>& choices, unsigned count) {
    unsigned sum = 0;
    for (const Weighted& choice : choices) sum += choice.weight;
    for (unsigned i = 0; i < count; ++i) {
      std::uint32_t drawn = below(sum);
      const auto* choice = choices.data();
      for (; drawn >= choice->weight; ++choice) drawn -= choice->weight;
      steps.push_back({choice->what, operand(choice->what)});
    }
  }
  std::uint8_t operand(Do what) {
    if (what == Do::sleep || what == Do::work) return static_cast<std::uint8_t>(1 + below(3));
    return names_task(what) ? static_cast<std::uint8_t>(below(program_.tasks.size())) : std::uint8_t{0};
  }

  void insert(Steps& steps, std::size_t first, Step step) {
    if (steps.size() >= Program::most_steps) return;
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(first + below(steps.size() - first + 1)), step);
  }
  // By an earlier task in half of all cases; else by the outside, or by main.
  void place_spawn(std::size_t task, bool burst) {
    const Step spawn{Do::spawn, static_cast<std::uint8_t>(task)};
    if (burst && !one_in(8)) {
      insert(program_.tasks[0], 0, spawn);
    } else if (one_in(2)) {
      insert(program_.tasks[below(task)], 0, spawn);
    } else if (!subject_.one_thread && one_in(4)) {
      insert(program_.outside, 0, spawn);
    }
  }
  void place_holds() {
    unsigned left = program_.workers - 1;
    for (std::size_t owner = 0; owner < program_.tasks.size() && left > 0; ++owner) {
      const Steps steps = program_.tasks[owner];
      for (std::size_t i = 0; i < steps.size() && left > 0; ++i) {
        if (steps[i].what != Do::spawn || !one_in(3)) continue;
        Program with = program_;
        insert(with.tasks[owner], i + 1, {Do::hold, steps[i].operand});
        if (!problem(with).empty() || with == program_ || asks_too_much(subject_, with)) continue;
        program_ = std::move(with);
        --left;
        break;
      }
    }
  }

  Random random_;
  unsigned size_;
  const Subject& subject_;
  Guarantees promised_;
  Program program_;
};

}  // namespace

rc::Gen<Program> programs_for(const Subject& subject) {
  return [&subject](const rc::Random& random, int size) {
    rc::Random stream = random;
    return shrinkable(Draw(stream.next(), size, subject)());
  };
}

bool asks_too_much(const Subject& subject, const Program& program) {
  const Guarantees promised = subject.promises(program);
  const auto too_much = [&](Step step) {
    if (step.what != Do::hold) return false;
    return !promised.work_conserving || (promised.kept_workers > 0 && program.kind(step.operand).told);
  };
  return std::ranges::any_of(program.tasks, [&](const Steps& steps) { return std::ranges::any_of(steps, too_much); });
}

rc::Shrinkable<Program> shrinkable(const Program& program) {
  return rc::shrinkable::shrinkRecur(program,
                                     [](const Program& value) { return rc::seq::fromContainer(simpler(value)); });
}

}  // namespace rota::checks
