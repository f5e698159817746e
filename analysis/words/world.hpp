// Measured or simulated: which of the two a figure is, and the words by which every table and chart says so. The two
// never share a statistic, and never a chart without a mark.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rota::analysis {

inline constexpr std::string_view measured_world = "real", simulated_world = "sim";
// The machine whose costs `rota calibrate` measured; all other machines' costs are stated.
inline constexpr std::string_view calibrated_machine = "host";

inline constexpr std::string_view simulated_suffix = " (simulated)";  // behind a policy in legends

[[nodiscard]] bool is_simulated(std::string_view world);

// What every simulated cell tells of itself beside its workload's metrics: where the time went, steals by distance,
// accesses. Shown apart, never ranked.
[[nodiscard]] bool is_account(std::string_view metric);

// The metric that names the order of all events in a simulated cell: an identity, of which there is no median. It has
// no panel; the export holds it.
inline constexpr std::string_view identity_metric = "trace_hash";

// "sim: 2s-64c"; empty for the real world.
[[nodiscard]] std::string badge(std::string_view world, std::string_view machine);

// "measured on real threads", "simulated on 2s-64c".
[[nodiscard]] std::string provenance(std::string_view world, std::string_view machine);

// "a, b and c".
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

}  // namespace rota::analysis
