// The registered policies, in the simulated world.
#include "checks/theory/subjects.hpp"

#include <stdexcept>
#include <string>

#include "schedulers/policies.hpp"

namespace rota::checks::theory {

std::span<const Subject> subjects() {
  static const std::vector<Subject> table = [] {
    std::vector<Subject> result;
    for (const auto& policy : schedulers::policies_in<World>()) {
      const auto& info = *find(schedulers::policies(), policy.name);
      result.push_back({info.name, info.guarantees, info.settings, policy.start});
    }
    return result;
  }();
  return table;
}

const Subject& subject_named(std::string_view name) {
  if (const Subject* const subject = find(subjects(), name)) return *subject;
  throw std::out_of_range("there is no policy " + std::string(name));
}

bool serves_in_order(const Subject& subject) {
  return subject.guarantees.order == Ordering::fifo && subject.guarantees.work_conserving;
}
// Who waits for those before it and for no other is served in order by whoever serves it.
bool each_worker_in_order(const Subject& subject) { return subject.guarantees.starvation_factor == 1; }
bool conserves_work(const Subject& subject) {
  return subject.guarantees.work_conserving && subject.guarantees.kept_workers == 0;
}
bool splits_by_chance(const Subject& subject) {
  return each_worker_in_order(subject) && !conserves_work(subject) && subject.name == "partitioned";
}
bool shares_by_quantum(const Subject& subject) { return serves_in_order(subject) && subject.knows("quantum"); }

std::string classes_of(const Subject& subject) {
  std::string all;
  const auto add = [&](bool (*in)(const Subject&), const char* name) {
    if (in(subject)) all += (all.empty() ? "" : ", ") + std::string(name);
  };
  add(serves_in_order, "first come first served");
  add(each_worker_in_order, "each worker in order");
  add(splits_by_chance, "split by chance");
  add(conserves_work, "work conserving");
  add(shares_by_quantum, "round robin");
  return all;
}

SettingValues uncut(const Subject& subject) {
  SettingValues settings = cut(subject, 1'000'000'000'000);
  if (subject.knows("preemptive")) settings.emplace("preemptive", false);
  return settings;
}

SettingValues cut(const Subject& subject, Ns quantum) {
  return subject.knows("quantum") ? SettingValues{{"quantum", std::to_string(quantum) + "ns"}} : SettingValues{};
}

}  // namespace rota::checks::theory
