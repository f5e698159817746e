// OracleObserver.
#include "checks/oracle/observer.hpp"

#include <utility>

namespace rota::checks {

void OracleObserver::begin() { oracles_.reset(facts_); }

void OracleObserver::see(const TraceEvent& event) { fail(oracles_.see(event)); }

void OracleObserver::end() { fail(oracles_.end(Ending::returned)); }

void OracleObserver::fail(Judgement found) {
  if (!found) return;
  violation_ = std::move(*found);
  found.reset();
  explored::fail(std::string(violation_.id), violation_.sentence);
}

}  // namespace rota::checks
