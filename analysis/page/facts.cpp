// Lists what a manifest records.
#include "analysis/page/facts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rota::analysis {

std::vector<Fact> facts_of(const record::Manifest& manifest) {
  std::vector<Fact> facts{{"", "seed", fmt::format("{}", manifest.seed)},
                          {"", "definition", manifest.definition},
                          {"", "tracing", manifest.tracing},
                          {"", "binary_sha256", manifest.binary_sha256}};
  if (!manifest.overrides.empty())
    facts.push_back({"", "overrides", fmt::format("{}", fmt::join(manifest.overrides, ", "))});
  for (const auto& [name, value] : manifest.build) facts.push_back({"build", name, value});
  for (const auto& [name, known] : manifest.allocators)
    facts.push_back({"allocator", name, known.missing.empty() ? known.package + " " + known.version : known.missing});
  for (const auto& [name, value] : manifest.host) facts.push_back({"host", name, value});
  return facts;
}

}  // namespace rota::analysis
