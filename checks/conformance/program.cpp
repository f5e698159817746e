// The text form of programs, and their rules.
#include "checks/conformance/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace rota::checks {
namespace {

enum class Operand : std::uint8_t { none, task, microseconds };

struct Word {
  std::string_view text;
  Do what;
  Operand operand;
  bool outside;  // may the outside do it?
  std::string_view meaning;
};
// Longer words first: "kk" begins as "k" does.
constexpr std::array words{
    Word{"kk", Do::wake_twice, Operand::task, true, "wakes task {} twice"},
    Word{"ko", Do::wake_older, Operand::task, true, "wakes task {} by an older waker"},
    Word{"k", Do::wake, Operand::task, true, "wakes task {}"},
    Word{"s", Do::spawn, Operand::task, true, "spawns task {}"},
    Word{"x", Do::cancel, Operand::task, true, "cancels task {}"},
    Word{"h", Do::hold, Operand::task, false, "keeps its worker until task {} has ended"},
    Word{"z", Do::sleep, Operand::microseconds, false, "sleeps {} us"},
    Word{"u", Do::suspend, Operand::none, false, "suspends"},
    Word{"y", Do::yield, Operand::none, false, "yields"},
    Word{"i", Do::io, Operand::none, false, "awaits an op of the reactor"},
    Word{"c", Do::complete, Operand::none, true, "completes the op that has been pending longest"},
    Word{"q", Do::work, Operand::microseconds, false, "works for {} us"},
    Word{"p", Do::checkpoint, Operand::none, false, "looks whether it must give way"},
};
constexpr std::uint8_t longest_sleep = 99;

const Word& word_of(Do what) { return *std::ranges::find(words, what, &Word::what); }

std::string steps_text(const Steps& steps) {
  std::string text;
  for (const Step& step : steps) {
    const Word& word = word_of(step.what);
    text += fmt::format("{}{}", text.empty() ? "" : ",", word.text);
    if (word.operand != Operand::none) text += std::to_string(step.operand);
  }
  return text;
}

template <class Number> bool read_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

// Calls each(part) for what lies between separators; stops when it returns false.
template <class Each> bool split(std::string_view text, char separator, Each each) {
  for (;;) {
    const std::size_t end = text.find(separator);
    if (!each(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

bool read_steps(std::string_view text, Steps& steps, std::string& error) {
  if (text.empty()) return true;
  return split(text, ',', [&](std::string_view one) {
    for (const Word& word : words) {
      if (!one.starts_with(word.text)) continue;
      Step step{word.what};
      const std::string_view rest = one.substr(word.text.size());
      if (word.operand == Operand::none ? !rest.empty() : !read_number(rest, step.operand)) break;
      steps.push_back(step);
      return true;
    }
    error = fmt::format(
        "'{}' is no step: expected s, k, kk, ko, x or h with a task, z or q with microseconds, or u, y, i, c, p", one);
    return false;
  });
}

// What is told of a task, one letter each.
struct Letter {
  char text;
  std::uint8_t Telling::* field;
};
constexpr std::array letters{Letter{'r', &Telling::remaining}, Letter{'d', &Telling::deadline},
                             Letter{'p', &Telling::priority},  Letter{'w', &Telling::weight},
                             Letter{'g', &Telling::group},     Letter{'n', &Telling::home}};

std::string kind_text(const Kind& kind) {
  std::string text = kind.fiber ? "f" : "";
  if (!kind.told) return text;
  text += '@';
  for (const Letter& letter : letters) {
    if (*kind.told.*letter.field != Telling{}.*letter.field)
      text += fmt::format("{}{}", letter.text, *kind.told.*letter.field);
  }
  return text;
}

bool read_kind(std::string_view text, Kind& kind) {
  if (text.starts_with('f')) kind.fiber = true, text.remove_prefix(1);
  if (text.empty()) return true;
  if (!text.starts_with('@')) return false;
  text.remove_prefix(1);
  kind.told.emplace();
  while (!text.empty()) {
    const auto* const letter = std::ranges::find(letters, text.front(), &Letter::text);
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (letter == letters.end() || !read_number(text.substr(1, end - 1), *kind.told.*letter->field)) return false;
    text.remove_prefix(end);
  }
  return true;
}

bool read_part(std::string_view part, Program& program, std::string& error) {
  if (part == "early") return program.early_shutdown = true;
  if (part.starts_with("out=")) return read_steps(part.substr(4), program.outside, error);
  if (part.starts_with('r') && read_number(part.substr(1), program.seed)) return true;
  const std::string expected = fmt::format("t{}", program.tasks.size());
  const std::size_t equals = part.find('=');
  Kind kind;
  if (part.starts_with(expected) && equals != std::string_view::npos &&
      read_kind(part.substr(expected.size(), equals - expected.size()), kind)) {
    program.set_kind(program.tasks.size(), kind);
    return read_steps(part.substr(equals + 1), program.tasks.emplace_back(), error);
  }
  error = fmt::format(
      "'{0}' is no part: expected early, r and a number, {1}=…, {1}f=… (a fiber), {1}@… with r, d, p, w, g or n and "
      "numbers, or out=…",
      part, expected);
  return false;
}

// Calls each(owner, position, step) for all steps; the owner is a task, or program.tasks.size() for the outside.
template <class Each> void for_each_step(const Program& program, Each each) {
  for (std::size_t owner = 0; owner <= program.tasks.size(); ++owner) {
    const Steps& steps = owner < program.tasks.size() ? program.tasks[owner] : program.outside;
    for (std::size_t i = 0; i < steps.size(); ++i) each(owner, i, steps[i]);
  }
}

std::string size_problem(const Program& program) {
  if (program.workers < 1 || program.workers > Program::most_workers)
    return fmt::format("a program has 1 to {} workers, not {}", Program::most_workers, program.workers);
  if (program.tasks.empty() || program.tasks.size() > Program::most_tasks)
    return fmt::format("a program has 1 to {} tasks, not {}", Program::most_tasks, program.tasks.size());
  const auto too_long = [](const Steps& steps) { return steps.size() > Program::most_steps; };
  if (too_long(program.outside) || std::ranges::any_of(program.tasks, too_long))
    return fmt::format("a task and the outside have at most {} steps each", Program::most_steps);
  if (program.kinds.size() > program.tasks.size()) return "something is told of a task that is not there";
  return {};
}

std::string step_problem(const Program& program, std::size_t owner, Step step) {
  const Word& word = word_of(step.what);
  const std::string text = steps_text({step});
  if (owner == program.tasks.size() && !word.outside) return fmt::format("the outside cannot do {}", text);
  if (word.operand == Operand::task && step.operand >= program.tasks.size())
    return fmt::format("{} names a task that is not there", text);
  if (word.operand == Operand::microseconds && (step.operand < 1 || step.operand > longest_sleep))
    return fmt::format("{} must be from z1 to z{}", text, longest_sleep);
  if (step.what == Do::spawn && owner < program.tasks.size() && step.operand <= owner)
    return fmt::format("{} in task {}: a task spawns only later ones", text, owner);
  return {};
}

// `before`: the steps of the same task up to this one.
std::string hold_problem(const Program& program, std::size_t owner, std::size_t position, Step hold) {
  const Steps& own = program.tasks[owner];
  const Step spawn{Do::spawn, hold.operand};
  if (std::find(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(position), spawn) ==
      own.begin() + static_cast<std::ptrdiff_t>(position))
    return fmt::format("h{0} in task {1} must follow s{0} there", hold.operand, owner);
  for (const Step& step : program.tasks[hold.operand]) {
    if (step.what == Do::suspend || step.what == Do::hold || step.what == Do::io)
      return fmt::format("h{0} in task {1}: task {0} may not have u, i or h", hold.operand, owner);
  }
  return {};
}

}  // namespace

void Program::set_kind(std::size_t task, const Kind& kind) {
  if (task >= kinds.size()) kinds.resize(task + 1);
  kinds[task] = kind;
  while (!kinds.empty() && kinds.back() == Kind{}) kinds.pop_back();
}

std::string to_text(const Program& program) {
  std::string text = fmt::format("w{}", program.workers);
  if (program.early_shutdown) text += ":early";
  if (program.seed != 1) text += fmt::format(":r{}", program.seed);
  for (std::size_t i = 0; i < program.tasks.size(); ++i)
    text += fmt::format(":t{}{}={}", i, kind_text(program.kind(i)), steps_text(program.tasks[i]));
  if (!program.outside.empty()) text += ":out=" + steps_text(program.outside);
  return text;
}

ParsedProgram parse_program(std::string_view text) {
  ParsedProgram result;
  bool first = true;
  const bool good = split(text, ':', [&](std::string_view part) {
    if (!std::exchange(first, false)) return read_part(part, result.program, result.error);
    if (part.starts_with('w') && read_number(part.substr(1), result.program.workers)) return true;
    result.error = fmt::format("'{}' is no beginning: expected w and the number of workers, as in w2", part);
    return false;
  });
  if (good) result.error = problem(result.program);
  return result;
}

std::string problem(const Program& program) {
  std::string found = size_problem(program);
  std::array<unsigned, Program::most_tasks> spawned{};
  unsigned holds = 0;
  if (!found.empty()) return found;
  for_each_step(program, [&](std::size_t owner, std::size_t position, Step step) {
    if (found.empty()) found = step_problem(program, owner, step);
    if (!found.empty()) return;
    if (step.what == Do::spawn && ++spawned[step.operand] > 1)
      found = fmt::format("task {} is spawned by more than one step", step.operand);
    if (step.what == Do::hold && ++holds >= program.workers)
      found = fmt::format("{} workers allow at most {} steps h", program.workers, program.workers - 1);
    if (step.what == Do::hold && found.empty()) found = hold_problem(program, owner, position, step);
  });
  return found;
}

std::string problem_in_one_thread(const Program& program) {
  if (program.workers != 1) return fmt::format("one thread is one worker, not {}", program.workers);
  return program.outside.empty() ? "" : "in one thread there is no outside";
}

bool names_task(Do what) noexcept { return word_of(what).operand == Operand::task; }

bool any_step(const Program& program, Do what) noexcept {
  bool found = false;
  for_each_step(program, [&](std::size_t, std::size_t, Step step) { found = found || step.what == what; });
  return found;
}

bool is_root(const Program& program, std::size_t task) noexcept {
  bool spawned = false;
  for_each_step(program, [&](std::size_t, std::size_t, Step step) {
    spawned = spawned || step == Step{Do::spawn, static_cast<std::uint8_t>(task)};
  });
  return !spawned;
}

std::string in_words(Step step) { return fmt::format(fmt::runtime(word_of(step.what).meaning), step.operand); }

}  // namespace rota::checks
