# The second change only starts the ring near the wrap; the harmless variant starts-near-the-wrap is that change
# alone.
set(defect "an addition of cursors does not wrap")
set(seen_in "tokio #2361")
set(expect P1)
set(policy "WorkStealing<E>")
set(settings "config.ring = 2")
set(file schedulers/queue/local_ring.hpp)
set(old [=[
    if (tail - steal_of(head_.load(Order::acquire)) > mask_) return false;  // (4)
]=])
set(new [=[
    if (tail > std::uint64_t{steal_of(head_.load(Order::acquire))} + mask_) return false;  // (4)
]=])
set(old_2 [=[
  explicit LocalRing(std::size_t capacity, std::uint32_t first = 0)
]=])
set(new_2 [=[
  explicit LocalRing(std::size_t capacity, std::uint32_t first = 0xfffffffe)
]=])
