set(defect "a wake that arrives before the suspension is recorded is dropped")
set(seen_in "Pony #2561, Boost.Fiber #109")
set(expect W1)
set(file runtime/task.hpp)
set(old [=[
      const Phase next = phase == Phase::arming ? Phase::notified : Phase::active;
]=])
set(new [=[
      const Phase next = phase == Phase::arming ? Phase::arming : Phase::active;
]=])
