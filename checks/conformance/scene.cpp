// What does not depend on the world: notes to the oracles, and the ledger.
#include "checks/conformance/scene.hpp"

#include "checks/oracle/oracle.hpp"

namespace rota::checks {
std::uint64_t note_of_rest() noexcept { return quiescent_note; }
std::uint64_t note_of_deadline(TimePoint deadline) noexcept { return deadline_note(deadline); }
std::uint64_t note_of_waking(TimePoint now) noexcept { return awake_note(now); }

Attributes attributes_from(const Telling& telling) noexcept {
  using std::chrono::microseconds;
  return {.remaining = microseconds(telling.remaining),
          .deadline = telling.deadline == Telling::never ? never : TimePoint(microseconds(telling.deadline)),
          .priority = telling.priority,
          .weight = telling.weight,
          .group = telling.group,
          .home = telling.home == Telling::anywhere ? anywhere : telling.home};
}

const Ledger::Entry* Ledger::Entries::find(std::size_t task, std::uint64_t epoch) const {
  for (std::size_t i = 0; i < size; ++i) {
    if (all[i].task == task && all[i].epoch == epoch) return &all[i];
  }
  return nullptr;
}

void Ledger::won(std::size_t task, std::uint64_t epoch, std::uint64_t count) {
  if (wins_.find(task, epoch) != nullptr)
    contract_failure("W2", "two calls of wake() said that they had ended the same suspension");
  wins_.add({task, epoch, count});
}

void Ledger::resumed(std::size_t task, std::uint64_t epoch, std::uint64_t count) {
  if (resumes_.find(task, epoch) != nullptr) contract_failure("W1", "one suspension was resumed twice");
  resumes_.add({task, epoch, count});
}

void Ledger::compare() const {
  for (std::size_t i = 0; i < resumes_.size; ++i) {
    const Entry& resume = resumes_.all[i];
    const Entry* const win = wins_.find(resume.task, resume.epoch);
    if (win == nullptr) contract_failure("W4", "a suspended task was resumed although nobody woke it");
    if (resume.count < win->count)
      contract_failure("W5", "a resumed task does not see what was written before the wake that resumed it");
  }
}

}  // namespace rota::checks
