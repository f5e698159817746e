// The words of violations.
#include "checks/oracle/sentence.hpp"

#include "checks/oracle/ids.hpp"

namespace rota::checks {

std::string stated(std::string_view id) {
  const Invariant* const invariant = find_invariant(id);
  return std::string(invariant != nullptr ? invariant->statement : id) + ". Here: ";
}

std::string where(const Life& life) {
  switch (life.stage) {
    case Stage::unknown:
      return " was never spawned";
    case Stage::fresh:
      return " is new and not enqueued yet";
    case Stage::queued:
      return " is in the policy since step " + std::to_string(life.enqueue_step);
    case Stage::held:
      return " is held by thread " + std::to_string(life.thread);
    case Stage::running:
      return " runs on thread " + std::to_string(life.thread);
    case Stage::left:
      return " has left thread " + std::to_string(life.thread) + ", which must enqueue it";
    case Stage::suspended:
      return " is suspended";
    case Stage::due:
      return " was woken and is about to be enqueued by its waker";
    case Stage::ended:
      return " has ended";
  }
  return {};
}

}  // namespace rota::checks
