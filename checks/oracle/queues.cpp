// The proof that a policy lost a task.
#include "checks/oracle/queues.hpp"

namespace rota::checks {

bool out_of_reach(const View& view, const Life& life) {
  if (view.parked() != view.facts().workers) return false;
  const bool sees_all = view.facts().guarantees.work_conserving;
  bool all = !view.facts().stale_reads;
  for (unsigned worker = 0; worker < view.facts().workers; ++worker) {
    const std::uint8_t thread = view.worker(worker).thread;
    const Index round = view.thread(thread).empty_round;
    const bool in_vain = round != nowhere && round > life.enqueued;
    if (in_vain && sees_all && thread == life.producer) return true;
    all = all && in_vain;
  }
  return all;
}

}  // namespace rota::checks
