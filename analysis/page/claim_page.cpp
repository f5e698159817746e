// Turns judged claims into what the page draws.
#include "analysis/page/claim_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/claims/claim_words.hpp"
#include "analysis/words/units.hpp"

namespace rota::analysis {
namespace {

constexpr std::array standings{Standing::good, Standing::near, Standing::bad, Standing::unknown};

Json digits(const Estimate& estimate, const Scale& scale, auto&& number) {
  const std::string name = scale.name.empty() || scale.name == "×" ? scale.name : " " + scale.name;
  return {{"text", number(estimate.median * scale.factor) + name},
          {"interval", estimate.count < 2 ? std::string()
                                          : fmt::format("{} – {}", number(estimate.low * scale.factor),
                                                        number(estimate.high * scale.factor))}};
}

Json figure_json(const Estimate& value, std::string_view unit) {
  return digits(value, scale_for(unit, value.median), three_digits);
}

Json party_json(const Summary& summary, const Party& party) {
  if (party.policy.empty()) return nullptr;
  Json json{{"policy", party.policy}, {"colour", colour_of(summary, party.policy)}, {"text", ""}, {"interval", ""}};
  if (party.figure) json.update(figure_json(party.figure->value, party.unit));
  return json;
}

Json value_json(const JudgedClaim& one) {
  if (!one.value || !one.claim.is_line()) return nullptr;
  return one.claim.against.empty() ? figure_json(one.ours.figure->value, one.ours.unit)
                                   : digits(*one.value, {1, "×"}, ratio_digits);
}

Json place_json(const std::optional<Estimate>& place) {
  if (!place) return nullptr;
  return {{"low", place->low}, {"middle", place->median}, {"high", place->high}};
}

Json row_json(const Summary& summary, const JudgedClaim& one) {
  return {{"standing", name_of(one.verdict.standing)},
          {"word", one.verdict.word},
          {"says", one.claim.is_line() ? one.claim.row : one.claim.says},
          {"where", one.claim.where},
          {"asked", asked(one.claim)},
          {"note", explanation(one)},
          {"measured", party_json(summary, one.theirs)},
          {"ours", party_json(summary, one.ours)},
          {"value", value_json(one)},
          {"place", place_json(one.place)},
          {"ourPlace", one.our_place ? Json(*one.our_place) : Json()}};
}

Json part_json(const Summary& summary, const std::vector<JudgedClaim>& all, bool lines) {
  Json rows = Json::array(), tally = Json::array();
  for (const JudgedClaim& one : all) {
    if (one.claim.is_line() == lines) rows.push_back(row_json(summary, one));
  }
  for (const Standing standing : standings) {
    const std::size_t count = count_of(all, lines, standing);
    if (count > 0)
      tally.push_back(
          {{"standing", name_of(standing)}, {"word", tally_word(lines, standing, count)}, {"count", count}});
  }
  return {{"tally", std::move(tally)}, {"rows", std::move(rows)}};
}

}  // namespace

Json claims_json(const Summary& summary, const std::vector<JudgedClaim>& all) {
  if (all.empty()) return nullptr;
  return {{"sentence", claims_sentence(all)},
          {"figures", part_json(summary, all, false)},
          {"lines", part_json(summary, all, true)}};
}

}  // namespace rota::analysis
