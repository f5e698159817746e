// violated(): a violation in words. Only ever called once an execution has failed.
#pragma once

#include <concepts>
#include <string>

#include "checks/oracle/view.hpp"

namespace rota::checks {

inline void append(std::string& text, std::string_view part) { text += part; }
inline void append(std::string& text, std::integral auto number) { text += std::to_string(number); }

// The id's statement, then what happened.
[[nodiscard]] std::string stated(std::string_view id);

template <class... Parts>
[[gnu::cold, gnu::noinline]] Violation violated(std::string_view id, Index event, const Parts&... parts) {
  std::string text = stated(id);
  (append(text, parts), ...);
  return {id, std::move(text), event};
}

// Where a task is, after "task 3 ".
[[nodiscard]] std::string where(const Life& life);

}  // namespace rota::checks
