// The subjects of this program, as their units tell of themselves.
#include "checks/subjects.hpp"

#include <algorithm>
#include <vector>

namespace rota::checks {
namespace {

std::vector<Subject>& registered() {
  static std::vector<Subject> all;
  return all;
}

}  // namespace

Registration::Registration(const Subject& subject) {
  auto& all = registered();
  all.insert(std::ranges::upper_bound(all, subject.name, {}, &Subject::name), subject);
}

std::span<const Subject> subjects() { return registered(); }

const Subject* find_subject(std::string_view name) {
  const auto found = std::ranges::find(registered(), name, &Subject::name);
  return found == registered().end() ? nullptr : &*found;
}

}  // namespace rota::checks
