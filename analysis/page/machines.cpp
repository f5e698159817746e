// Tells machines apart.
#include "analysis/page/machines.hpp"

#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

// By table, so that machines are read beside each other.
Json sources_of(const record::MachineFacts& facts) {
  std::multimap<std::string, std::string> by_table;
  for (const auto& [table, sentence] : facts.sources) by_table.emplace(table, sentence);
  Json sources = Json::array();
  for (const auto& [table, sentence] : by_table) sources.push_back({{"table", table}, {"source", sentence}});
  return sources;
}

}  // namespace

Json machines_json(const std::map<std::string, record::MachineFacts>& all) {
  Json machines = Json::array();
  for (const auto& [name, facts] : all) {
    machines.push_back({{"name", name},
                        {"summary", facts.summary},
                        {"calibrated", name == calibrated_machine},
                        {"sources", sources_of(facts)},
                        {"text", facts.text}});
  }
  return machines;
}

}  // namespace rota::analysis
