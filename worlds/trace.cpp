// The names of marks, for people.
#include "worlds/trace.hpp"

#include <array>

namespace rota {

std::string_view to_string(Mark mark) noexcept {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(Mark::ended) + 1> names{
      "spawn",   "refuse",  "enqueue",   "enqueued", "pick",     "steal",   "drain",    "resume",   "arm",
      "retract", "suspend", "notified",  "wake",     "stale",    "preempt", "yield",    "finish",   "cancel",
      "destroy", "look",    "park",      "unparked", "leave",    "submit",  "complete", "withdraw", "collect",
      "poll",    "polled",  "interrupt", "note",     "shutdown", "ended"};
  return names[static_cast<std::size_t>(mark)];
}

}  // namespace rota
