// The program behind `rota check`. It checks what is no policy, and refuses what makes no sense; for the rest it goes
// on to a program beside it: one for each policy, one for all, one for the mutants. So a check of one policy needs no
// other to be compiled. `rota-check --program WORD…` prints which one the words need, if any, and does nothing else.
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/conformance/replay.hpp"
#include "checks/subject.hpp"
#include "checks/whole/part_replay.hpp"
#include "command/beside.hpp"
#include "command/check.hpp"
#include "runtime/rows.hpp"
#include "schedulers/presets.hpp"

namespace rota::command {
namespace {

// Sorted.
constexpr std::string_view policies[] = {ROTA_EXPLORED_NAMES}, local_policies[] = {ROTA_LOCAL_NAMES};

std::string program_of(std::string_view policy) {
  std::span<const std::string_view> of_its_world = policies;
  if (policy.starts_with(checks::local_prefix)) {
    policy.remove_prefix(checks::local_prefix.size());
    of_its_world = local_policies;
  }
  if (const auto* const preset = find(schedulers::presets(), policy)) policy = preset->family;
  return std::ranges::binary_search(of_its_world, policy) ? fmt::format("rota-check-{}", policy) : "";
}

// Empty: this one.
std::string program_for(const CheckRequest& request) {
  if (!request.explain.empty()) return {};
  if (!request.replay.empty()) {
    if (checks::is_part_replay(request.replay)) return {};
    const auto parsed = checks::parse_replay(request.replay);
    const bool fits = request.what.empty() || request.what == "all" || request.what == parsed.subject;
    return parsed.error.empty() && fits ? program_of(parsed.subject) : "";
  }
  if (!request.weaken && (request.what == "all" || request.what == "mutants")) return "rota-check-" + request.what;
  return program_of(request.what);
}

std::vector<std::string> known() {
  std::vector<std::string> names;
  const auto add = [&](std::string_view name) {
    for (const std::string_view prefix : {std::string_view(), checks::local_prefix}) {
      std::string each = std::string(prefix).append(name);
      if (!program_of(each).empty()) names.push_back(std::move(each));
    }
  };
  std::ranges::for_each(policies, add);
  for (const auto& preset : schedulers::presets()) add(preset.name);
  std::ranges::sort(names);
  return names;
}

// Nothing, if there is something to refuse: whoever asked goes on to start this program, and is told.
int tell_program(int argc, char** argv) {
  CheckRequest request;
  if (!parse_check(argc, argv, request, Quiet::yes)) fmt::print("{}\n", program_for(request));
  return 0;
}

int check(int argc, char** argv) {
  CheckRequest request;
  if (const auto status = parse_check(argc, argv, request)) return *status;
  if (const std::string program = program_for(request); !program.empty()) {
    const std::vector<std::string> words(argv, argv + argc);
    return become(program, words, "./rota check");
  }
  const auto names = known();
  const ShippedChecks shipped{.policies = names};
  return run_check(request, {}, &shipped);
}

}  // namespace
}  // namespace rota::command

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--program") return rota::command::tell_program(argc - 1, argv + 1);
  return rota::command::check(argc, argv);
}
