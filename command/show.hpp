// How the command shows policies, workloads and their settings: as JSON for programs and as text for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"

namespace rota::command {

[[nodiscard]] std::string_view to_text(Ordering order);
// The promises as sentences, for people.
[[nodiscard]] std::vector<std::string> sentences(const Guarantees& guarantees);

[[nodiscard]] nlohmann::ordered_json to_json(const SettingValues& values);
[[nodiscard]] nlohmann::ordered_json to_json(
    const schedulers::PolicyInfo& policy);  // name, summary, guarantees, config
[[nodiscard]] nlohmann::ordered_json to_json(
    const workloads::WorkloadInfo& workload);  // name, summary, config, metrics

// The words that a row of CMake has.
[[nodiscard]] std::vector<std::string_view> names(const Worlds& worlds);

// "  ring   256   slots of …; an integer from 2 to 65536", one line each.
void print_settings(const std::vector<SettingInfo>& settings);

}  // namespace rota::command
