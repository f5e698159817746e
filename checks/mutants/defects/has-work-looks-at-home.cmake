set(defect "has_work ignores the other workers' queues")
set(seen_in "stdexec #1305")
set(expect P2)
set(policy "WorkStealing<E>")
set(file schedulers/work_stealing.hpp)
set(form statement)
set(old [=[
    return std::any_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return !lane.empty(); });
]=])
set(new [=[
    return !lanes_[self.id()].empty();
]=])
set(form_2 always)
set(old_2 [[bool has_work(const Self&)]])
set(new_2 [[bool has_work(const Self& self)]])
