// Subjects: the policies of this build, and which theorem is about which of them. That follows from what a policy
// promises (Guarantees) and from whether it cuts work into quanta. No promise tells a blind draw from an informed one,
// so for that one class the name decides too.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "checks/theory/station.hpp"
#include "schedulers/start.hpp"

namespace rota::checks::theory {

template <class Policy> [[nodiscard]] Subject subject_of() {
  return {Policy::name, guarantees_of<Policy>(), describe<typename Policy::Config>(),
          &schedulers::start_runtime<World, Policy>};
}

// All policies of the simulated world, sorted by name.
[[nodiscard]] std::span<const Subject> subjects();
[[nodiscard]] const Subject& subject_named(std::string_view name);  // std::out_of_range if there is none

// The theorems' classes of policies. All are about work that is not cut, unless it says otherwise.
[[nodiscard]] bool serves_in_order(const Subject& subject);       // first come first served, whatever the workers
[[nodiscard]] bool each_worker_in_order(const Subject& subject);  // each worker serves its own in their order
[[nodiscard]] bool conserves_work(const Subject& subject);        // cut or not, and any worker for any request
[[nodiscard]] bool splits_by_chance(const Subject& subject);      // as each_worker_in_order, and the worker is drawn
[[nodiscard]] bool shares_by_quantum(const Subject& subject);     // round robin: in order, and its quantum can be set
[[nodiscard]] std::string classes_of(const Subject& subject);     // all that it is in, for people; empty: none

// Settings under which a policy lets every request run to its end; with a quantum, if it has that setting.
[[nodiscard]] SettingValues uncut(const Subject& subject);
[[nodiscard]] SettingValues cut(const Subject& subject, Ns quantum);

}  // namespace rota::checks::theory
