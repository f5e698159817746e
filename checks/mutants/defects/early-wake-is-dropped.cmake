set(defect "a wake that arrives before the suspension is recorded is dropped")
set(seen_in "Pony #2561, Boost.Fiber #109")
set(expect W1)
set(file runtime/task.hpp)
set(old [=[
      const std::uint64_t next = phase == Phase::active ? with_phase(seen, Phase::notified) : reopened(seen);
]=])
set(new [=[
      const std::uint64_t next = phase == Phase::active ? seen : reopened(seen);
]=])
