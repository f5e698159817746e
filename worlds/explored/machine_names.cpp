// Machine: what it says about an execution: marks, the numbers of tasks, where threads wait.
#include "worlds/explored/machine.hpp"

namespace rota::explored {

std::string Machine::where_everybody_waits() const {
  std::string text;
  for (unsigned t = 0; t < count_; ++t) {
    const Thread& thread = threads_[t];
    if (thread.wait == Wait::done) continue;
    const char* what = "";
    switch (thread.wait) {
      case Wait::lock:
        what = "for a mutex";
        break;
      case Wait::token:
        what = "parked";
        break;
      case Wait::thread:
        what = "for a thread's end";
        break;
      case Wait::change:
        what = "spinning";
        break;
      case Wait::quiescence:
      case Wait::none:
      case Wait::done:
        what = "waiting";
        break;
    }
    const std::string file = thread.site.file_name();
    const auto slash = file.rfind('/');
    if (!text.empty()) text += ", ";
    text += std::string(thread.name) + " " + what + " at " +
            (slash == std::string::npos ? file : file.substr(slash + 1)) + ":" + std::to_string(thread.site.line());
  }
  return text;
}

// Names.

std::uint32_t Machine::number_of(const void* subject, bool new_life) {
  if (subject == nullptr) return no_subject;
  for (Life& life : lives_) {
    if (life.subject != subject) continue;
    if (new_life) life.number = next_life_++;
    return life.number;
  }
  lives_.push_back({subject, next_life_});
  return next_life_++;
}

void Machine::mark(Mark mark, const void* subject, std::uint64_t value) {
  const OutsideArena outside;
  const TraceEvent event{.mark = mark,
                         .thread = current_->id,
                         .subject = number_of(subject, mark == Mark::spawn || mark == Mark::refuse),
                         .value = value,
                         .step = step_};
  mix((std::uint64_t{event.subject} << 16) | (static_cast<std::uint64_t>(mark) << 8) | event.thread);
  if (options_.trace) trace_.push_back(event);
  if (observer_ != nullptr) observer_->see(event);
}

void*& Machine::global(const void* kind) {
  for (unsigned i = 0; i < global_count_; ++i) {
    if (globals_[i].kind == kind) return globals_[i].object;
  }
  if (global_count_ == globals_.size()) fail("usage", "more kinds of world-wide objects than the machine holds");
  globals_[global_count_].kind = kind;
  return globals_[global_count_++].object;
}

std::vector<std::string> Machine::thread_names() const {
  std::vector<std::string> names;
  for (unsigned t = 0; t < count_; ++t) names.emplace_back(threads_[t].name);
  return names;
}

}  // namespace rota::explored
