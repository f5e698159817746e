// Classes: which situations the executions of a program reached. They show that what was checked could go wrong at all.
#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/conformance/program.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

struct ClassFloor {
  std::string_view name;
  double floor;          // share of programs; 0 where it is the policy's choice
  bool threads = false;  // only several threads can show it
};
[[nodiscard]] std::span<const ClassFloor> class_floors();

// Looks at every event, then passes it on to the oracles. One program at a time.
class Classifier : public explored::Observer {
 public:
  void begin_program(const Program& program);
  void end_program();
  void pass_on_to(explored::Observer& oracles) { oracles_ = &oracles; }  // who must outlive the executions
  void begin() override;
  void see(const TraceEvent& event) override;
  void end() override { oracles_->end(); }

  // Share of the programs so far that showed each class.
  [[nodiscard]] std::map<std::string, double> shares() const;

 private:
  enum Class : std::uint8_t {
    steal,
    park,
    cross_wake,
    stale_wake,
    cancellation,
    overflow,
    early,
    timer,
    io,
    told,
    size
  };
  void see_task(const TraceEvent& event);
  void enqueued(const TraceEvent& event);
  void taken(const TraceEvent& event);
  struct Task {
    std::uint8_t ran_on = 0xff;     // the thread that resumed it last
    std::uint8_t queued_by = 0xff;  // the worker's thread that enqueued it, until somebody takes it
    bool live = false;
  };
  Task& task(std::uint32_t number);

  explored::Observer* oracles_ = nullptr;
  std::array<std::uint64_t, size> programs_with_{};
  std::uint64_t programs_ = 0;
  std::array<bool, size> shown_{};
  bool early_program_ = false, sleeps_ = false, awaits_io_ = false, shutting_down_ = false;
  std::vector<Task> tasks_;
  std::array<unsigned, 256> queued_{};  // by thread: tasks that it enqueued as a worker and nobody took
  std::array<bool, 256> worker_{};
};

}  // namespace rota::checks
