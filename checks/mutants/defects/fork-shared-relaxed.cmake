# A thief sees the split, but not the entry or the part behind it.
set(defect "parts are shared by a relaxed add")
set(seen_in "ports of split deques from x86, where every add is a fence")
set(expect F1 race)
set(relaxed ON)
set(include checks/mutants/fork_check.hpp)
set(check "check_forks<E, Policy>(options)")
set(file runtime/forks.hpp)
set(old [=[
    shared_.fetch_add(count, Order::release);  // (1)
]=])
set(new [=[
    shared_.fetch_add(count, Order::relaxed);  // (1)
]=])
