// The table of the policies of the local world: the fair one, and the one that keeps what it woke last.
#include "schedulers/local.hpp"

#include <algorithm>
#include <array>

#include "reactor/late_reactor.hpp"
#include "schedulers/fifo.hpp"
#include "schedulers/lifo_slot.hpp"
#include "schedulers/start.hpp"
#include "schedulers/work_stealing.hpp"

namespace rota::schedulers {
namespace {

using E = env::Local;

template <class Policy>
std::unique_ptr<Executor<E>> start(const Placement& placement, const RuntimeConfig& runtime,
                                   const SettingValues& values) {
  return start_runtime<E, Policy>(placement, runtime, values, std::make_unique<LateReactor>(reactors()[0].make_local));
}

template <class Policy> constexpr LocalPolicy entry{Policy::name, &start<Policy>};

}  // namespace

std::span<const LocalPolicy> local_policies() {
  static constexpr std::array table{entry<Fifo<E>>, entry<LifoSlot<E, WorkStealing<E>>>, entry<WorkStealing<E>>};
  return table;
}

const LocalPolicy* find_local_policy(std::string_view name) {
  const auto table = local_policies();
  const auto found = std::ranges::find(table, name, &LocalPolicy::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace rota::schedulers
