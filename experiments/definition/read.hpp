// Reads definitions from TOML.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/definition/definition.hpp"

namespace rota::experiments {

// `sets` are KEY=VALUE texts as --set takes them (overrides.hpp). All throw InputError.
[[nodiscard]] Definition read_definition(const std::filesystem::path& file, const std::vector<std::string>& sets = {});
[[nodiscard]] Definition parse_definition(std::string_view text, const std::string& file,
                                          const std::vector<std::string>& sets = {});

// Keeps the policies and workloads that a label of `labels` names; a kind that no label names stays whole. Charts and
// claims about what is gone go too. Throws InputError that lists the labels there are.
void keep_only(Definition& definition, const std::vector<std::string>& labels);

}  // namespace rota::experiments
