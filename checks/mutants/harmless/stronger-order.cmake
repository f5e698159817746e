set(defect "loads of the deque's ends are stronger than they need be")
set(policy "WorkStealing<E>")
set(settings "config.local = schedulers::Local::chase_lev, config.ring = 2")
set(file schedulers/queue/chase_lev.hpp)
set(old [=[
    std::int64_t top = top_.load(Order::relaxed);
    if (top < last) return slot(last).load(Order::relaxed);
]=])
set(new [=[
    std::int64_t top = top_.load(Order::acquire);
    if (top < last) return slot(last).load(Order::acquire);
]=])
