// Site: where in the source a shared access stands. The explored world's operations take it as a default argument.
#pragma once

#include <source_location>

namespace rota::explored {

using Site = std::source_location;

}  // namespace rota::explored
