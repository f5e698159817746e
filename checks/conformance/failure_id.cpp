// Reads the end of a trace.
#include "checks/conformance/failure_id.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "checks/conformance/interpreter.hpp"
#include "checks/oracle/oracle.hpp"

namespace rota::checks {
namespace {

// Where everything stands after the last event.
class Remains {
 public:
  explicit Remains(Trace trace) {
    for (const TraceEvent& event : trace) see(event);
  }

  bool shutting_down = false;
  std::set<std::uint32_t> queued;          // tasks that the policy has
  std::set<std::uint32_t> woken;           // tasks that a waker won, and that were neither enqueued nor left since
  std::set<std::uint64_t> parked, active;  // workers
  std::set<std::uint64_t> pending;         // ops
  std::set<std::uint64_t> complete;        // ops complete and not collected
  std::set<std::uint8_t> polling;          // threads

 private:
  void see(const TraceEvent& event) {
    see_task(event);
    see_worker(event);
    see_reactor(event);
    if (event.mark == Mark::shutdown) shutting_down = true;
    if (event.mark == Mark::ended) shutting_down = false;
  }
  void see_task(const TraceEvent& event) {
    switch (event.mark) {
      case Mark::wake:
        woken.insert(event.subject);
        break;
      case Mark::enqueue:
        woken.erase(event.subject);
        queued.insert(event.subject);
        break;
      case Mark::pick:
      case Mark::steal:
      case Mark::drain:
        queued.erase(event.subject);
        break;
      case Mark::resume:
      case Mark::retract:
      case Mark::cancel:
      case Mark::finish:
        woken.erase(event.subject);
        break;
      default:
        break;
    }
  }
  void see_worker(const TraceEvent& event) {
    if (event.mark == Mark::park) parked.insert(event.value), active.erase(event.value);
    if (event.mark == Mark::unparked || event.mark == Mark::look) active.insert(event.value), parked.erase(event.value);
    if (event.mark == Mark::leave) active.erase(event.value), parked.erase(event.value);
  }
  void see_reactor(const TraceEvent& event) {
    if (event.mark == Mark::submit) pending.insert(event.value);
    if (event.mark == Mark::complete) pending.erase(event.value), complete.insert(event.value);
    if (event.mark == Mark::withdraw || event.mark == Mark::collect)
      pending.erase(event.value), complete.erase(event.value);
    if (event.mark == Mark::poll) polling.insert(event.thread);
    if (event.mark == Mark::polled) polling.erase(event.thread);
  }
};

struct Meaning {
  const char* id = nullptr;  // null: the trace does not tell
  std::string sentence;
};

std::string tasks(const std::set<std::uint32_t>& numbers) {
  std::string text = numbers.size() == 1 ? "task" : "tasks";
  for (const std::uint32_t number : numbers) text += fmt::format(" {}", number);
  return text;
}

Meaning meaning_of(const Remains& end, bool endless) {
  if (end.shutting_down)
    return {"P6", endless ? "shutdown goes on for ever" : "shutdown waits for something that will not come"};
  if (!end.queued.empty() && end.active.empty())
    return {"P3", tasks(end.queued) + " in the policy, and every worker is parked"};
  if (!end.queued.empty() && !end.parked.empty())
    return {"P2", tasks(end.queued) + " in the policy, and a worker is parked while the others are busy"};
  if (!end.queued.empty() && endless) return {"P4", tasks(end.queued) + " in the policy, and never picked"};
  if (end.queued.empty() && endless && end.parked.empty())
    return {"endless", "the policy has no task left, but the workers never sleep: has_work() does not become false"};
  if (!end.woken.empty()) return {"W1", tasks(end.woken) + " woken by a true wake, and never enqueued"};
  if ((!end.pending.empty() || !end.complete.empty()) && end.polling.empty() && !end.parked.empty())
    return {"R4", "ops are pending and workers are parked, and nobody waits in the reactor"};
  if (!end.complete.empty() && !endless) return {"R1", "an op is complete, and its task was never told"};
  return {};
}

}  // namespace

void name_failure(explored::Failure& failure, const Guarantees& guarantees, unsigned workers, explored::Memory memory) {
  if (failure.id == "leak" && guarantees.deterministic) failure.id = "P7";
  const bool endless = failure.id == "endless";
  const bool stuck = failure.id == stuck_id;
  if (!endless && !stuck && failure.id != "deadlock") return;
  const Facts facts{.workers = workers, .guarantees = guarantees, .stale_reads = memory == explored::Memory::relaxed};
  const auto violation = judge(failure.trace, facts, endless ? Ending::endless : Ending::deadlock);
  if (violation) {
    failure.id = violation->id;
    failure.sentence = violation->sentence + ". " + failure.sentence;
    return;
  }
  const Meaning meaning = meaning_of(Remains(failure.trace), endless);
  if (meaning.id != nullptr) failure.sentence = meaning.sentence + ". " + failure.sentence;
  if (meaning.id != nullptr) failure.id = meaning.id;
  if (failure.id == stuck_id) failure.id = "W1";  // it waits, and its waker does not end that
}

}  // namespace rota::checks
