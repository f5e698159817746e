// Claims, and runs that bear them out or not.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fabricated_run.hpp"
#include "record/claim.hpp"

namespace rota::analysis::testing {

// A stated figure about ns_per_yield of the workload "yield" at one worker.
[[nodiscard]] record::Claim stated_claim(const std::string& policy, double low, double high,
                                         const std::string& plays = {});
// A line of the same metric: a ratio.
[[nodiscard]] record::Claim line_claim(const std::vector<std::string>& ours, const std::vector<std::string>& against,
                                       double at_least);
// A line in nanoseconds.
[[nodiscard]] record::Claim bound_claim(const std::vector<std::string>& ours, double at_most);

// One cell of "yield" that reports ns_per_yield.
[[nodiscard]] FabricatedCell yield_cell(const std::string& policy, unsigned block, double ns, unsigned workers = 1);

// Peers and policies with stated figures and lines of every verdict: one peer is missing, one does not speak a
// workload, one crashed. The shape of the shipped tokio-question and peers together.
void write_claims(const std::filesystem::path& folder);

}  // namespace rota::analysis::testing
