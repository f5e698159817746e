// --weaken: lowers one memory order at a time and asks the checks to notice: the mechanism's and the queues' that reach
// the place, then conformance. What nobody notices is stronger than it need be, or a hole in the checks.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "checks/conformance/conformance.hpp"

namespace rota::checks {

struct Weakening {
  explored::AccessSite site;
  Order to = Order::relaxed;  // a full fence: none at all
  std::string caught{};       // the id that noticed; empty: nothing did
  std::string by{};           // which check: conformance, one of the mechanism's, or a queue's
  std::uint64_t executions = 0;
};

// Every place in the runtime and in the policy that conformance programs reached, and each weaker order.
// `options.budget` is for each weakening; the memory mode is relaxed.
[[nodiscard]] std::vector<Weakening> weaken(const Subject& subject, const CheckOptions& options,
                                            const std::function<void(const Weakening&)>& told);

// "runtime/parking.hpp:44 full_fence acq_rel to none"
[[nodiscard]] std::string in_words(const Weakening& weakening);

}  // namespace rota::checks
