set(defect "the ring's cursors start near their wrap-around")
set(policy "WorkStealing<E>")
set(settings "config.ring = 2")
set(file schedulers/queue/local_ring.hpp)
set(old [=[
  explicit LocalRing(std::size_t capacity, std::uint32_t first = 0)
]=])
set(new [=[
  explicit LocalRing(std::size_t capacity, std::uint32_t first = 0xfffffffe)
]=])
