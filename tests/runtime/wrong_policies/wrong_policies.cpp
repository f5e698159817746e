// Policies and worlds that are none, and beside each what the compiler must say of it: the part of SchedulerPolicy or
// of Env, and what is wrong with it. No program is made of this; wrong_policies_test.py compiles it and reads.
#include "runtime/runtime.hpp"
#include "worlds/real.hpp"

namespace rota {

using E = env::Real;

struct Right {
  static constexpr std::string_view name = "right";
  static constexpr std::string_view summary = "does nothing, but in the right form";
  static constexpr Guarantees guarantees{};
  struct Config {};
  Right(const Placement&, const Config&) {}
  WakeHint enqueue(Self*, Runnable<E>, EnqueueInfo) noexcept { return WakeHint::none(); }
  Runnable<E> pick(Self&) noexcept { return {}; }
  bool has_work(const Self&) const noexcept { return false; }
};
template class Runtime<E, Right>;

class HasNoSummary : public Right {
  using Right::summary;

 public:
  using Right::Right;
};
template class Runtime<E, HasNoSummary>;  // says DescribesItself: summary

struct PromisesByOthersSettings : Right {
  using Right::Right;
  struct Others {};
  static Guarantees guarantees(const Others&);
};
template class Runtime<E, PromisesByOthersSettings>;  // says HasGuarantees: no viable conversion

struct HasNoConfig {
  static constexpr std::string_view name = Right::name, summary = Right::summary;
  static constexpr Guarantees guarantees{};
};
template class Runtime<E, HasNoConfig>;  // says HasConfig: no type named 'Config'

struct TakesNoPlacement : Right {
  explicit TakesNoPlacement(const Config&);
};
template class Runtime<E, TakesNoPlacement>;  // says MadeFromPlacementAndConfig: constructible

struct EnqueueMayThrow : Right {
  using Right::Right;
  WakeHint enqueue(Self*, Runnable<E>, EnqueueInfo);
};
template class Runtime<E, EnqueueMayThrow>;  // says HasEnqueue: may throw

struct EnqueueGivesNoHint : Right {
  using Right::Right;
  void enqueue(Self*, Runnable<E>, EnqueueInfo) noexcept;
};
template class Runtime<E, EnqueueGivesNoHint>;  // says HasEnqueue: same_as<void, WakeHint>

struct HasNoPick {
  static constexpr std::string_view name = Right::name, summary = Right::summary;
  static constexpr Guarantees guarantees{};
  struct Config {};
  HasNoPick(const Placement&, const Config&);
  WakeHint enqueue(Self*, Runnable<E>, EnqueueInfo) noexcept;
  bool has_work(const Self&) const noexcept;
};
template class Runtime<E, HasNoPick>;  // says HasPick: no member named 'pick'

struct HasWorkChanges : Right {
  using Right::Right;
  bool has_work(const Self&) noexcept;
};
template class Runtime<E, HasWorkChanges>;  // says HasHasWork: policy.has_work(self)

struct StealsFromAVictim : Right {
  using Right::Right;
  Runnable<E> steal(Self& self, Self& victim) noexcept;
};
template class Runtime<E, StealsFromAVictim>;  // says StealFitsIfThere: too few arguments

struct AfterRunSaysNothing : Right {
  using Right::Right;
  void after_run(Self&, TaskView, StopReason) noexcept;
};
template class Runtime<E, AfterRunSaysNothing>;  // says AfterRunFitsIfThere: same_as<void, WakeHint>

struct TicksWithoutAWorker : Right {
  using Right::Right;
  void on_tick() noexcept;
};
template class Runtime<E, TicksWithoutAWorker>;  // says OnTickFitsIfThere: too many arguments

struct QuantumIsANumber : Right {
  using Right::Right;
  int quantum() const noexcept;
};
template class Runtime<E, QuantumIsANumber>;  // says QuantumFitsIfThere: same_as<int, Duration>

struct AccountsByReturning : Right {
  using Right::Right;
  Duration account(Self&, Task<E>&, Duration) noexcept;
};
template class Runtime<E, AccountsByReturning>;  // says AccountFitsIfThere: same_as<Duration, void>

struct PreemptsByNumber : Right {
  using Right::Right;
  int preempts() const noexcept;
};
template class Runtime<E, PreemptsByNumber>;  // says PreemptsFitsIfThere: same_as<int, bool>

struct HasSetsOfNumbers : Right {
  using Right::Right;
  std::span<const WorkerId> wake_sets() const noexcept;
};
template class Runtime<E, HasSetsOfNumbers>;  // says WakeSetsFitIfThere: convertible

struct AsksForTheWholeWorker : Right {
  using Right::Right;
  Runnable<E> pick(Worker<E>&) noexcept;
};
template class Runtime<E, AsksForTheWholeWorker>;  // says HasPick: policy.pick(self)

struct KnowsNoDeadline : E {
  struct parker {
    void park();
    bool unpark(), begin_wait_elsewhere(), end_wait_elsewhere();
  };
};
template class Gate<KnowsNoDeadline>;  // says Parker: no member named 'park_until'

struct MarksNothing : E {
  static void mark(Mark);
};
template class Task<MarksNothing>;  // says Marks: too many arguments

}  // namespace rota
