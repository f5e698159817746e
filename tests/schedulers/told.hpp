// A driven policy and tasks of which something is told.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "tests/schedulers/policy_driver.hpp"

namespace rota::schedulers {

constexpr std::optional<Attributes> untold = std::nullopt;

// One worker, and tasks 0, 1, … that come in this order; nullopt: nothing is told of that one.
template <class P> class Told {
 public:
  Told(std::vector<std::optional<Attributes>> attributes, const SettingValues& settings = {}, unsigned workers = 1)
      : attributes_(std::move(attributes)), driver(workers, 1, settings, attributes_.size()) {
    for (Index i = 0; i < attributes_.size(); ++i) {
      if (attributes_[i]) driver.tell(i, *attributes_[i]);
      (void)driver.enqueue(outside, i, Origin::spawn);
    }
  }
  Attributes& attributes(Index task) { return attributes_[task].value(); }
  std::vector<Index> rest() {
    std::vector<Index> order;
    while (const auto task = driver.pick(0)) order.push_back(*task);
    return order;
  }

 private:
  std::vector<std::optional<Attributes>> attributes_;

 public:
  Driver<P> driver;
};

}  // namespace rota::schedulers
