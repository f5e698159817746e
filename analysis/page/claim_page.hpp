// What the report page shows of a run's claims, as data; claims.js draws it.
#pragma once

#include <vector>

#include "analysis/claims/claims.hpp"
#include "analysis/words/json.hpp"

namespace rota::analysis {

// {sentence, figures: {tally, rows}, lines: {tally, rows}}; null if there are none.
//   tally: [{standing, word, count}], without those that are zero
//   row:   {standing, word, says, where, asked, note, measured: PARTY, ours: PARTY, value: {text, interval} | null,
//           place: {low, middle, high} | null, ourPlace: number | null}
//   PARTY: {policy, colour, text, interval} or null; text is empty where there is no figure
// A place is on the scale of verdict.hpp.
[[nodiscard]] Json claims_json(const Summary& summary, const std::vector<JudgedClaim>& all);

}  // namespace rota::analysis
