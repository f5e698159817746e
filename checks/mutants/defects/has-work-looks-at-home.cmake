set(defect "has_work ignores the other workers' queues")
set(seen_in "stdexec #1305")
set(expect P2)
set(policy "WorkStealing<E>")
set(file schedulers/work_stealing.hpp)
set(old [=[
  bool has_work(const Worker<E>&) const noexcept {
    if (!injection_.empty()) return true;
    return std::any_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return !lane.empty(); });
]=])
set(new [=[
  bool has_work(const Worker<E>& self) const noexcept {
    if (!injection_.empty()) return true;
    return !lanes_[self.id()].empty();
]=])
