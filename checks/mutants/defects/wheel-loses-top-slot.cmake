# Our wheel never wraps around: what can be lost is the slot of a level's highest digit. The wheel is a structure
# without threads, so its own model checks it, with deadlines that no program of conformance is long enough for.
set(defect "the timer wheel loses the top slot")
set(seen_in "tokio #8334, tikv #11940")
set(expect R3)
set(file reactor/timer_wheel.cpp)
set(rename TimerWheel)
set(include checks/mutants/wheel_check.hpp)
set(check "check_wheel<TimerWheel>(options)")
set(form type)
set(old [=[
  occupied_[level] |= std::uint64_t{1} << slot;
  occupied_levels_ |= 1U << level;
]=])
set(new [=[
  occupied_[level] |= (std::uint64_t{1} << slot) & (~std::uint64_t{0} >> 1);
  if (occupied_[level] != 0) occupied_levels_ |= 1U << level;
]=])
