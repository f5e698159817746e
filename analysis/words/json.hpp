// What the page is told is JSON, whose keys keep their order.
#pragma once

#include <nlohmann/json.hpp>

namespace rota::analysis {

using Json = nlohmann::ordered_json;

}  // namespace rota::analysis
