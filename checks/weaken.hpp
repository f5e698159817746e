// --weaken: lowers one memory order at a time and asks the conformance suite to notice. What nobody notices is either
// stronger than it need be, or a hole in the suite.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "checks/conformance/conformance.hpp"

namespace rota::checks {

struct Weakening {
  explore::AccessSite site;
  Order to = Order::relaxed;  // a full fence: none at all
  std::string caught{};       // the id that noticed; empty: nothing did
  std::uint64_t executions = 0;
};

// Every place in the runtime and in the policy that the suite reached, and each weaker order. `options.budget` is for
// each weakening; the memory mode is relaxed.
[[nodiscard]] std::vector<Weakening> weaken(const Subject& subject, const CheckOptions& options,
                                            const std::function<void(const Weakening&)>& told);

// "runtime/parking.hpp:44 full_fence acq_rel → none"
[[nodiscard]] std::string in_words(const Weakening& weakening);

}  // namespace rota::checks
