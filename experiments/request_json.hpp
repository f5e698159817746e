// Private to this folder: requests as JSON values, for the manifest that holds many of them.
#pragma once

#include <string>

#include "experiments/json_text.hpp"
#include "experiments/request.hpp"

namespace rota::experiments {

[[nodiscard]] Json request_json(const CellRequest& request);
[[nodiscard]] CellRequest request_from(const Json& json, const std::string& path);

}  // namespace rota::experiments
