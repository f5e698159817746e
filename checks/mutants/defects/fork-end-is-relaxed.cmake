# The owner sees that its part has ended, but not what the part did: an acquire that reads no release.
set(defect "a thief publishes the end of a part relaxed")
set(seen_in "join counters that are decremented relaxed")
set(expect F1)
set(relaxed ON)
set(include checks/mutants/fork_check.hpp)
set(check "check_forks<E, Policy>(options)")
set(file runtime/forks.hpp)
set(old [=[
    const std::uintptr_t before = part.state_.exchange(Part<E>::ended, Order::acq_rel);  // (3); it may be gone now
]=])
set(new [=[
    const std::uintptr_t before = part.state_.exchange(Part<E>::ended, Order::relaxed);  // (3); it may be gone now
]=])
