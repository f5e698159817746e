set(defect "a wake ends a suspension and leaves its epoch open")
set(seen_in "what lets a running task open a suspension without a write (docs/adr/0018)")
set(expect W2)
set(file runtime/task.hpp)
set(old [=[
      const std::uint64_t next = phase == Phase::active ? with_phase(seen, Phase::notified) : reopened(seen);
]=])
set(new [=[
      const std::uint64_t next = with_phase(seen, phase == Phase::active ? Phase::notified : Phase::active);
]=])
