# Its worker destroys a body that its join handle destroys as well.
set(defect "run after completion: the body is destroyed twice")
set(seen_in "compio #856")
set(expect T3)
set(file runtime/join.hpp)
set(old [=[
    Task<E>* const task = std::exchange(task_, nullptr);
    if ((seen & join::cancelled) != 0) {
]=])
set(new [=[
    Task<E>* const task = task_;
    if ((seen & join::cancelled) != 0) {
]=])
