// Reads claims: first each table's own shape, then whether the definition measures what it is about.
#include "experiments/definition/claims.hpp"

#include <algorithm>
#include <array>

#include "runtime/near_name.hpp"
#include "workloads/workloads.hpp"

namespace rota::experiments {
namespace {

// Units that claims are written in, and the metric's unit that each is one of.
struct ClaimUnit {
  std::string_view name, of;
};
constexpr std::array claim_units{ClaimUnit{"ns", "ns"},     ClaimUnit{"us", "ns"},       ClaimUnit{"ms", "ns"},
                                 ClaimUnit{"s", "ns"},      ClaimUnit{"bytes", "bytes"}, ClaimUnit{"KB", "bytes"},
                                 ClaimUnit{"KiB", "bytes"}, ClaimUnit{"MB", "bytes"},    ClaimUnit{"MiB", "bytes"},
                                 ClaimUnit{"1", "1"},       ClaimUnit{"1/s", "1/s"}};

std::string read_unit(const TomlSection& section) {
  std::vector<std::string> known;
  for (const auto& unit : claim_units) known.emplace_back(unit.name);
  if (!section.has("unit")) section.fail("unit", fmt::format("one of {}", fmt::join(known, ", ")), "nothing");
  return section.word("unit", "", known);
}

double required_number(const TomlSection& section, std::string_view key) {
  const auto number = section.number(key);
  if (!number) section.fail(key, "a number", "nothing");
  return *number;
}

// What figures and lines have in common: where the figure is taken.
record::Claim read_place(const TomlSection& section) {
  record::Claim claim;
  claim.where = section.text("where", "");
  claim.why = section.text("why", "");
  claim.workload = section.required_text("workload", "the label of a workload");
  claim.metric = section.required_text("metric", "a metric of the workload");
  claim.workers = static_cast<std::uint32_t>(section.integer("workers", 0, 1, most_workers));
  claim.placement = section.text("placement", "");
  return claim;
}

record::Claim read_unmeasured(const TomlSection& section) {
  section.only({"says", "row", "where", "why", "unmeasured"});
  record::Claim claim;
  claim.says = section.text("says", "");
  claim.row = section.text("row", "");
  claim.where = section.text("where", "");
  claim.why = section.text("why", "");
  claim.unmeasured = section.required_text("unmeasured", "a text that says why not");
  if (claim.unmeasured.empty()) section.fail("unmeasured", "a text that says why not", "\"\"");
  if (claim.says.empty() && claim.row.empty()) section.fail("says", "what is claimed", "nothing");
  return claim;
}

record::Claim read_figure(const TomlSection& section) {
  section.only(
      {"says", "where", "why", "policy", "plays", "workload", "workers", "placement", "metric", "low", "high", "unit"});
  record::Claim claim = read_place(section);
  claim.says = section.required_text("says", "what is claimed (or row, the name of a line to meet)");
  if (claim.says.empty()) section.fail("says", "what is claimed", "\"\"");
  claim.policy = section.required_text("policy", "the label of a policy");
  claim.plays = section.text("plays", "");
  claim.low = required_number(section, "low");
  claim.high = required_number(section, "high");
  if (*claim.low < 0 || *claim.low > *claim.high)
    section.fail("low", fmt::format("a number from 0 to high, which is {:g}", *claim.high),
                 fmt::format("{:g}", *claim.low));
  claim.unit = read_unit(section);
  return claim;
}

// A ratio against others, or a bound in a unit.
record::Claim read_line(const TomlSection& section) {
  section.only({"row", "where", "why", "workload", "workers", "placement", "metric", "ours", "against", "at_least",
                "at_most", "unit"});
  record::Claim claim = read_place(section);
  claim.row = section.required_text("row", "the name of the line");
  if (claim.row.empty()) section.fail("row", "the name of the line", "\"\"");
  const std::string labels = "an array of at least one policy's label";
  claim.ours = section.required_texts("ours", labels);
  if (section.has("against")) claim.against = section.required_texts("against", labels);
  if (section.has("at_least") == section.has("at_most"))
    section.fail("at_least", "either at_least or at_most", section.has("at_least") ? "both" : "nothing");
  const char* const bound = section.has("at_least") ? "at_least" : "at_most";
  const double number = required_number(section, bound);
  if (number <= 0) section.fail(bound, "a number above 0", fmt::format("{:g}", number));
  (section.has("at_least") ? claim.at_least : claim.at_most) = number;
  if (claim.against.empty()) {
    claim.unit = read_unit(section);
  } else if (section.has("unit")) {
    section.fail("unit", "no unit beside against: the bound is a ratio", shown(*section.table().get("unit")));
  }
  return claim;
}

record::Claim read_claim(const TomlSection& section) {
  if (section.has("unmeasured")) return read_unmeasured(section);
  return section.has("row") ? read_line(section) : read_figure(section);
}

// Why the definition cannot judge a claim.
struct Misfit {
  std::string key, expected, got;
};

std::vector<std::string> labels_of(const std::vector<Entry>& entries) {
  std::vector<std::string> labels;
  for (const auto& entry : entries) labels.push_back(entry.choice.label);
  return labels;
}

// Null if there is none of that label.
const Entry* workload_of(const record::Claim& claim, const Definition& definition) {
  const auto found =
      std::ranges::find(definition.workloads, claim.workload, [](const Entry& entry) { return entry.choice.label; });
  return found == definition.workloads.end() ? nullptr : &*found;
}

using Misfits = std::vector<Misfit>;

void must_be(const char* key, const std::string& word, const std::vector<std::string>& words, Misfits& misfits) {
  if (std::ranges::count(words, word) == 0)
    misfits.push_back({key, fmt::format("one of {}", fmt::join(words, ", ")), quoted_word(word, words)});
}

// `word` is empty if the claim leaves it to the only one that there is.
void must_be_or_only(const char* key, const std::string& word, const std::vector<std::string>& words,
                     Misfits& misfits) {
  if (!word.empty()) return must_be(key, word, words, misfits);
  if (words.size() != 1) misfits.push_back({key, fmt::format("one of {}", fmt::join(words, ", ")), "nothing"});
}

void check_metric(const record::Claim& claim, const Entry& workload, Misfits& misfits) {
  const auto& metrics = find(workloads::workloads(), workload.choice.use)->metrics;
  const auto metric = std::ranges::find(metrics, claim.metric, &workloads::MetricInfo::name);
  if (metric == metrics.end()) {
    std::vector<std::string> names;
    for (const auto& known : metrics) names.emplace_back(known.name);
    return must_be("metric", claim.metric, names, misfits);
  }
  if (!claim.unit.empty() && std::ranges::find(claim_units, claim.unit, &ClaimUnit::name)->of != metric->unit)
    misfits.push_back(
        {"unit", fmt::format("a unit of {}, which is in {}", claim.metric, metric->unit), "\"" + claim.unit + "\""});
}

void check_policies(const record::Claim& claim, const Definition& definition, const Entry& workload, Misfits& misfits) {
  std::vector<std::string> policies;
  for (const auto& policy : definition.policies) {
    if (workload.played_by(policy)) policies.push_back(policy.choice.label);
  }
  if (!claim.is_line()) must_be("policy", claim.policy, policies, misfits);
  if (!claim.plays.empty()) must_be("plays", claim.plays, policies, misfits);
  for (const auto& label : claim.ours) must_be("ours", label, policies, misfits);
  for (const auto& label : claim.against) must_be("against", label, policies, misfits);
}

Misfits misfits_of(const record::Claim& claim, const Definition& definition) {
  Misfits misfits;
  if (!claim.is_measured()) return misfits;
  const Entry* workload = workload_of(claim, definition);
  if (workload == nullptr) {
    must_be("workload", claim.workload, labels_of(definition.workloads), misfits);
    return misfits;
  }
  check_policies(claim, definition, *workload, misfits);
  std::vector<std::string> workers;
  for (const auto count : definition.workers) {
    if (workload->played_with(count)) workers.push_back(fmt::format("{}", count));
  }
  must_be_or_only("workers", claim.workers == 0 ? "" : fmt::format("{}", claim.workers), workers, misfits);
  must_be_or_only("placement", claim.placement, definition.placements, misfits);
  check_metric(claim, *workload, misfits);
  return misfits;
}

// What is left of a claim without the policies that are no longer there; false if that is nothing.
bool reduce(record::Claim& claim, const Definition& definition) {
  const std::vector<std::string> policies = labels_of(definition.policies);
  const auto absent = [&](const std::string& label) { return std::ranges::count(policies, label) == 0; };
  const bool compared = !claim.against.empty();
  std::erase_if(claim.ours, absent);
  std::erase_if(claim.against, absent);
  if (absent(claim.plays)) claim.plays.clear();
  if (claim.is_measured() && claim.is_line() && (claim.ours.empty() || (compared && claim.against.empty())))
    return false;
  return misfits_of(claim, definition).empty();
}

}  // namespace

std::vector<record::Claim> read_claims(const TomlSection& root, const Definition& definition, bool changed) {
  std::vector<record::Claim> claims;
  for (const auto& section : root.sections("claim")) {
    record::Claim claim = read_claim(section);
    if (changed) {
      if (reduce(claim, definition)) claims.push_back(std::move(claim));
      continue;
    }
    const Misfits misfits = misfits_of(claim, definition);
    if (!misfits.empty()) section.fail(misfits[0].key, misfits[0].expected, misfits[0].got);
    claims.push_back(std::move(claim));
  }
  return claims;
}

void keep_claims(Definition& definition) {
  std::vector<record::Claim> kept;
  for (auto& claim : definition.claims) {
    if (reduce(claim, definition)) kept.push_back(std::move(claim));
  }
  definition.claims = std::move(kept);
}

}  // namespace rota::experiments
