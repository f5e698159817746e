// Requests as JSON: the text that a cell's program reads, and values for the manifest that holds many of them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "record/request.hpp"

namespace rota::record {

// One line of JSON without the line's end.
[[nodiscard]] std::string to_json(const CellRequest& request);
// Throws InputError that names the key which is missing, unknown or of a wrong type.
[[nodiscard]] CellRequest request_from_json(std::string_view text);

// {"ring":256,"victim":"random"}
[[nodiscard]] std::string to_json(const SettingValues& values);

[[nodiscard]] nlohmann::ordered_json request_json(const CellRequest& request);
// `path` is what keys are called by in errors.
[[nodiscard]] CellRequest request_from(const nlohmann::ordered_json& json, const std::string& path);

}  // namespace rota::record
