// Finds the figures that claims are about and judges them.
#include "analysis/claims/claims.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"
#include "record/world.hpp"

namespace rota::analysis {
namespace {

using record::Claim;

bool is_there(const Claim& claim, unsigned workers, const std::string& placement, record::World world) {
  return !is_simulated(world) && (claim.workers == 0 || claim.workers == workers) &&
         (claim.placement.empty() || claim.placement == placement);
}

// "missing: not built", without the peer's name, which stands beside it.
std::string with_detail(const record::Cell& cell) {
  const auto peer = record::peer_name(cell.policy().use);
  const std::string name = peer ? fmt::format("peer {}: ", *peer) : "";
  const std::string& whole = cell.result.detail;
  const std::string detail = whole.starts_with(name) ? whole.substr(name.size()) : whole;
  const std::string outcome(to_text(cell.result.outcome));
  return detail.empty() ? outcome : outcome + ": " + detail;
}

// Why the policy has no figure: what became of its cells, or that it had none.
std::string reason(const record::Run& run, const Claim& claim, const std::string& policy) {
  const record::Cell* ended = nullptr;
  for (const record::Cell& cell : run.cells) {
    const bool same = cell.policy().label == policy && cell.workload().label == claim.workload;
    if (!same || !is_there(claim, cell.workers(), cell.placement(), cell.world())) continue;
    if (!ended || ended->ok()) ended = &cell;
  }
  if (ended && ended->ok()) return fmt::format("its cells report no {}", claim.metric);
  if (ended) return with_detail(*ended);
  const bool unspoken = std::ranges::any_of(run.manifest.not_spoken, [&](const record::NotSpoken& pair) {
    return pair.policy == policy && pair.workload == claim.workload &&
           (pair.workers == 0 || is_there(claim, pair.workers, claim.placement, record::World::real));
  });
  return unspoken ? fmt::format("does not speak {}", claim.workload) : "the run has no such cells";
}

Party party_of(const record::Run& run, const Summary& summary, const Claim& claim, const std::string& policy) {
  Party party{.policy = policy, .figure = nullptr, .unit = {}, .less_is_better = true, .absent = {}};
  for (const Panel& panel : summary.panels) {
    const auto row = std::ranges::find(panel.rows, policy, &Row::policy);
    if (panel.workload.label != claim.workload || panel.metric != claim.metric || row == panel.rows.end()) continue;
    for (std::size_t i = 0; i < panel.columns.size() && !party.figure; ++i) {
      const Column& column = panel.columns[i];
      if (!row->figures[i] || !is_there(claim, column.workers, column.placement, column.kind)) continue;
      party.figure = &*row->figures[i];
      party.unit = panel.unit;
      party.less_is_better = panel.less_is_better();
    }
  }
  if (!party.figure && !policy.empty()) party.absent = reason(run, claim, policy);
  return party;
}

std::string absence(const Party& party) { return fmt::format("{}: {}", party.policy, party.absent); }

Estimate times(Estimate estimate, double factor) {
  estimate.median *= factor;
  estimate.low *= factor;
  estimate.high *= factor;
  return estimate;
}

// Both ends through a function that may turn them round.
template <class Place> Estimate placed(Estimate estimate, Place place) {
  const auto [low, high] = std::minmax(place(estimate.low), place(estimate.high));
  estimate.median = place(estimate.median);
  estimate.low = low;
  estimate.high = high;
  return estimate;
}

std::optional<Estimate> in_unit_of(const Claim& claim, const Party& party) {
  const auto factor = party.figure ? conversion(party.unit, claim.unit) : std::nullopt;
  return factor ? std::optional(times(party.figure->value, *factor)) : std::nullopt;
}

Verdict other_unit(const Claim& claim, const Party& party) {
  return not_measured(fmt::format("{} is in \"{}\", the claim in \"{}\"", claim.metric, party.unit, claim.unit));
}

JudgedClaim judge_figure(const record::Run& run, const Summary& summary, const Claim& claim) {
  JudgedClaim judged{.claim = claim,
                     .verdict = {},
                     .theirs = party_of(run, summary, claim, claim.policy),
                     .ours = party_of(run, summary, claim, claim.plays),
                     .value = {},
                     .place = {},
                     .our_place = {}};
  const auto place = [&](double figure) { return place_in_range(figure, *claim.low, *claim.high); };
  if (const auto ours = in_unit_of(claim, judged.ours)) judged.our_place = place(ours->median);
  if (!judged.theirs.figure) {
    judged.verdict = not_measured(absence(judged.theirs));
    return judged;
  }
  judged.value = in_unit_of(claim, judged.theirs);
  if (!judged.value) {
    judged.verdict = other_unit(claim, judged.theirs);
    return judged;
  }
  judged.verdict = judge_range(*judged.value, *claim.low, *claim.high);
  judged.place = placed(*judged.value, place);
  return judged;
}

// The parties of one side of a line: the best of those with a figure, and what is to be said of the others.
struct Side {
  Party best;
  std::vector<std::string> absent;
};

Side side_of(const record::Run& run, const Summary& summary, const Claim& claim,
             const std::vector<std::string>& policies) {
  Side side;
  for (const std::string& policy : policies) {
    Party party = party_of(run, summary, claim, policy);
    if (!party.figure) {
      side.absent.push_back(absence(party));
      continue;
    }
    const double now = party.figure->value.median;
    const double before = side.best.figure ? side.best.figure->value.median : 0;
    const bool better = !side.best.figure || (party.less_is_better ? now < before : now > before);
    if (better) side.best = std::move(party);
  }
  return side;
}

void judge_absolute(JudgedClaim& judged) {
  const Claim& claim = judged.claim;
  judged.value = in_unit_of(claim, judged.ours);
  if (!judged.value) {
    judged.verdict = other_unit(claim, judged.ours);
    return;
  }
  judged.verdict = judge_at_most(*judged.value, *claim.at_most);
  judged.place = placed(*judged.value, [&](double value) { return place_above(*claim.at_most, value); });
}

void judge_ratio(JudgedClaim& judged, const Side& theirs) {
  const auto &ours = judged.ours.figure->samples, &others = theirs.best.figure->samples;
  judged.value = judged.ours.less_is_better ? ratio_in_blocks(others, ours) : ratio_in_blocks(ours, others);
  if (!judged.value) {
    judged.verdict = not_measured("the two never gave a figure in the same block");
    return;
  }
  const double line = *judged.claim.at_least;
  judged.verdict = judge_at_least(*judged.value, line);
  judged.place = placed(*judged.value, [&](double value) { return place_above(value, line); });
  if (judged.verdict.standing == Standing::bad || theirs.absent.empty()) return;
  judged.verdict = not_measured(fmt::format("met against the others, but {}", fmt::join(theirs.absent, "; ")));
}

JudgedClaim judge_line(const record::Run& run, const Summary& summary, const Claim& claim) {
  const Side ours = side_of(run, summary, claim, claim.ours), theirs = side_of(run, summary, claim, claim.against);
  JudgedClaim judged{.claim = claim,
                     .verdict = {},
                     .theirs = theirs.best,
                     .ours = ours.best,
                     .value = {},
                     .place = {},
                     .our_place = {}};
  if (!ours.best.figure)
    judged.verdict = not_measured(fmt::format("{}", fmt::join(ours.absent, "; ")));
  else if (claim.against.empty())
    judge_absolute(judged);
  else if (!theirs.best.figure)
    judged.verdict = not_measured(fmt::format("{}", fmt::join(theirs.absent, "; ")));
  else
    judge_ratio(judged, theirs);
  return judged;
}

}  // namespace

std::vector<JudgedClaim> judge_claims(const record::Run& run, const Summary& summary) {
  std::vector<JudgedClaim> all;
  for (const Claim& claim : run.manifest.claims) {
    if (!claim.is_measured()) {
      all.push_back({.claim = claim,
                     .verdict = not_measured(claim.unmeasured),
                     .theirs = {},
                     .ours = {},
                     .value = {},
                     .place = {},
                     .our_place = {}});
    } else {
      all.push_back(claim.is_line() ? judge_line(run, summary, claim) : judge_figure(run, summary, claim));
    }
  }
  return all;
}

}  // namespace rota::analysis
