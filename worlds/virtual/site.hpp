// Site: where in the source a shared access stands. The virtual world's operations take it as a default argument.
#pragma once

#include <source_location>

namespace rota::explore {

using Site = std::source_location;

}  // namespace rota::explore
