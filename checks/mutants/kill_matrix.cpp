// Running the mutants, judging how they fared, and the table.
#include "checks/mutants/kill_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/conformance/conformance.hpp"

namespace rota::checks {
namespace {

Report check_once(const Mutant& mutant, const explored::Options& options, const CheckSubject& check) {
  return mutant.check != nullptr ? mutant.check(options) : check(mutant.subject, options);
}

// One defect may break several invariants, and the first to be seen is chance: found as something else, it is searched
// for again from another seed, while the share of the budget lasts.
void try_to_kill(Kill& kill, const CheckSubject& check, const MatrixOptions& matrix, std::uint64_t seed,
                 std::chrono::nanoseconds share) {
  constexpr unsigned tries = 8;
  const auto end = kill.time + share;
  explored::Options options;
  options.memory = matrix.memory;
  options.method = kill.method;
  for (unsigned i = 0; i < tries && kill.time < end; ++i) {
    options.seed = seed + i;
    options.budget = end - kill.time;
    const Report report = check_once(*kill.mutant, options, check);
    kill.memory = report.memory;
    kill.executions += report.found ? report.found->executions : report.executions;
    kill.time += report.found ? report.found->time : report.time;
    if (!report.found) break;
    kill.caught = report.found->id;
    kill.program = report.found->program;
    if (kill.mutant->harmless() || expects(*kill.mutant, kill.caught)) break;
  }
}

// What is wrong with how one mutant fared, as a sentence; empty if nothing.
std::string complaint(const Mutant& mutant, std::span<const Kill> kills) {
  const auto caught = std::ranges::find_if(kills, [](const Kill& kill) { return !kill.caught.empty(); });
  if (mutant.relaxed && !kills.empty() && kills.front().memory == explored::Memory::sc) return {};
  if (mutant.harmless()) {
    if (caught == kills.end()) return {};
    return fmt::format("{} is harmless, and {} calls it {}", mutant.name, to_string(caught->method), caught->caught);
  }
  if (std::ranges::any_of(kills, [&](const Kill& kill) { return expects(mutant, kill.caught); })) return {};
  if (caught == kills.end()) return fmt::format("{} is caught by nothing; {} should", mutant.name, mutant.expect);
  return fmt::format("{} is caught as {}, but should be as {}", mutant.name, caught->caught, mutant.expect);
}

std::string time_text(std::chrono::nanoseconds time) {
  const auto ns = static_cast<double>(time.count());
  if (ns < 1e6) return fmt::format("{:.0f} us", ns / 1e3);
  return ns < 1e9 ? fmt::format("{:.0f} ms", ns / 1e6) : fmt::format("{:.1f} s", ns / 1e9);
}

std::string cell_text(const Kill& kill) {
  if (kill.caught.empty()) return fmt::format("- {}", kill.executions);
  return fmt::format("{} {} {}", kill.caught, kill.executions, time_text(kill.time));
}

}  // namespace

bool expects(const Mutant& mutant, std::string_view id) noexcept {
  for (std::string_view rest = mutant.expect; !rest.empty() && !id.empty();) {
    const std::size_t comma = rest.find(", ");
    if (rest.substr(0, comma) == id) return true;
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 2);
  }
  return false;
}

KillMatrix kill_matrix(std::span<const Mutant> mutants, const CheckSubject& check, const MatrixOptions& options) {
  const auto methods = options.methods.size();
  const auto share = options.budget / static_cast<long>(std::max<std::size_t>(mutants.size() * methods, 1));
  KillMatrix result;
  const auto kills_of = [&](std::size_t mutant) { return std::span(result.kills).subspan(mutant * methods, methods); };
  auto left = options.budget;
  for (const Mutant& mutant : mutants) {
    for (const explored::Method method : options.methods) {
      Kill& kill = result.kills.emplace_back(&mutant, method);
      try_to_kill(kill, check, options, options.seed, share);
      left -= kill.time;
      if (options.progress) options.progress(kill);
    }
  }

  std::vector<std::size_t> at_large;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (!mutants[i].harmless() && !complaint(mutants[i], kills_of(i)).empty()) at_large.push_back(i);
  }
  for (std::size_t searches = at_large.size() * methods; const std::size_t i : at_large) {
    for (Kill& kill : kills_of(i)) {
      if (left.count() > 0 && !complaint(mutants[i], kills_of(i)).empty()) {
        const auto before = kill.time;
        try_to_kill(kill, check, options, options.seed + 1000, left / static_cast<long>(searches));
        left -= kill.time - before;
        if (options.progress) options.progress(kill);
      }
      --searches;
    }
  }

  for (std::size_t i = 0; i < mutants.size(); ++i) {
    std::string wrong = complaint(mutants[i], kills_of(i));
    if (!wrong.empty()) result.complaints.push_back(std::move(wrong));
  }
  return result;
}

KillMatrix kill_matrix(const MatrixOptions& options) {
  const CheckSubject conformance = [](const Subject& subject, const explored::Options& explore) {
    CheckOptions check_options;
    check_options.memory = explore.memory;
    check_options.method = explore.method;
    check_options.seed = explore.seed;
    check_options.budget = explore.budget;
    check_options.shrink = false;
    return check(subject, check_options);
  };
  return kill_matrix(mutants(), conformance, options);
}

std::string to_table(const KillMatrix& matrix) {
  constexpr std::size_t cell = 24;
  std::size_t names = 8;
  for (const Kill& kill : matrix.kills) names = std::max(names, kill.mutant->name.size());

  std::string head = fmt::format("{:{}}  {:8}", "mutant", names, "id");
  std::string lines;
  const Mutant* last = nullptr;
  for (const Kill& kill : matrix.kills) {
    if (kill.mutant->name == matrix.kills.front().mutant->name)
      head += fmt::format("  {:{}}", to_string(kill.method), cell);
    if (kill.mutant != last) {
      const std::string_view id = kill.mutant->harmless() ? "harmless" : kill.mutant->expect;
      lines += fmt::format("\n{:{}}  {:8}", kill.mutant->name, names, id);
      last = kill.mutant;
    }
    lines += fmt::format("  {:{}}", cell_text(kill), cell);
  }
  for (const std::string& wrong : matrix.complaints) lines += "\n" + wrong;
  return fmt::format("{}{}\nA cell: the id that caught it, executions, time; or -, and executions in vain.\n", head,
                     lines);
}

}  // namespace rota::checks
