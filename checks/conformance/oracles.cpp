// The oracles of checks/oracle, told what they must know of a program.
#include "checks/conformance/oracles.hpp"

#include "checks/oracle/observer.hpp"

namespace rota::checks {

std::unique_ptr<explored::Observer> make_oracles(const Guarantees& guarantees, unsigned workers,
                                                 explored::Memory memory) {
  return std::make_unique<OracleObserver>(
      Facts{.workers = workers, .guarantees = guarantees, .stale_reads = memory == explored::Memory::relaxed});
}

}  // namespace rota::checks
