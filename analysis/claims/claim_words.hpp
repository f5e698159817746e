// The words for claims: what they ask, what came of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/claims/claims.hpp"

namespace rota::analysis {

// What the claim asks for: "10 – 50 ns", "300 bytes", "5.00× or more", "within 1.30×", "at most 128 bytes".
[[nodiscard]] std::string asked(const record::Claim& claim);

// Why it came out so, for a reader: how far off, the definition's explanation, or why nothing was measured. May be
// empty.
[[nodiscard]] std::string explanation(const JudgedClaim& judged);

// How many of the figures, or of the lines, came out so; and what so many are called: "hold", "not met".
[[nodiscard]] std::size_t count_of(const std::vector<JudgedClaim>& all, bool lines, Standing standing);
[[nodiscard]] std::string_view tally_word(bool lines, Standing standing, std::size_t count);

// How many of each verdict, in a sentence; empty without claims.
[[nodiscard]] std::string claims_sentence(const std::vector<JudgedClaim>& all);

}  // namespace rota::analysis
