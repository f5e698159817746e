// ProcessorSharing: one queue for all workers, and a task gives way after each quantum of its work: round robin. As the
// quantum goes to nothing, every ready task gets the same share of the workers (Kleinrock, "Time-shared systems: a
// theoretical treatment", JACM 1967). Short tasks pass long ones, without anybody knowing which is which.
//
// Quantum   Of declared work (runtime/work.hpp); what a task does beside that is not cut.
// The rest  As Fifo, whose queue and promises it has: a task that gives way is enqueued anew, behind all others.
// Cost      Fifo's, once for each quantum.
#pragma once

#include <tuple>

#include "schedulers/fifo.hpp"

namespace rota::schedulers {

template <Env E> class ProcessorSharing : public Fifo<E> {
 public:
  static constexpr std::string_view name = "processor-sharing";
  static constexpr std::string_view summary = "one queue shared by all workers; a task gives way after each quantum";

  struct Config : Fifo<E>::Config {
    Duration quantum = std::chrono::microseconds(5);
    static constexpr auto settings() {
      return std::tuple_cat(
          std::tuple{setting("quantum", &Config::quantum, "declared work after which a task gives way", 1, 1e12)},
          settings_of<typename Fifo<E>::Config>());
    }
  };

  ProcessorSharing(const Placement& placement, const Config& config)
      : Fifo<E>(placement, config), quantum_(config.quantum) {}

  [[nodiscard]] Duration quantum() const noexcept { return quantum_; }

 private:
  const Duration quantum_;
};

}  // namespace rota::schedulers
