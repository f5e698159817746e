// A policy as tests drive it: without a runtime, by one thread that plays all workers and the outside. And the table of
// all policies as such, so that a test is compiled once for all of them.
#pragma once

#include <cctype>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/guarantees.hpp"
#include "runtime/rows.hpp"
#include "runtime/settings.hpp"
#include "runtime/vocabulary.hpp"

namespace rota {
namespace schedulers {

// Letters, digits and underscores, as GoogleTest wants them in a name.
inline std::string test_name(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return result;
}

using Index = std::size_t;
constexpr std::optional<WorkerId> outside = std::nullopt;

class Driven {
 public:
  virtual ~Driven() = default;
  virtual WakeHint enqueue(std::optional<WorkerId> by, Index task, Origin origin) = 0;
  // What the worker would run next: picked, or stolen if there is nothing to pick.
  virtual std::optional<Index> obtain(WorkerId worker) = 0;
  virtual std::optional<Index> pick(WorkerId worker) = 0;
  [[nodiscard]] virtual bool has_work(WorkerId worker) const = 0;
};

struct DrivenPolicy {
  std::string_view name;
  Guarantees (*guarantees_with)(const SettingValues& settings);
  std::vector<SettingInfo> settings;
  // On two nodes of four cores: "compact" fills one first, "scatter" takes them in turn.
  std::unique_ptr<Driven> (*drive)(unsigned workers, std::uint64_t seed, const SettingValues& settings,
                                   std::size_t tasks, std::string_view placement);
};

// The default settings, and those that differ from them by one choice: what is promised with each holds for each.
inline std::vector<SettingValues> variants(const std::vector<SettingInfo>& settings) {
  std::vector<SettingValues> result{{}};
  for (const SettingInfo& info : settings) {
    for (const std::string& option : info.choices) {
      if (option != info.default_value) result.push_back({{info.name, option}});
    }
    if (info.type == "bool") result.push_back({{info.name, info.default_value != "true"}});
  }
  return result;
}

}  // namespace schedulers

template <> std::span<const schedulers::DrivenPolicy> rows<schedulers::DrivenPolicy>();

}  // namespace rota
