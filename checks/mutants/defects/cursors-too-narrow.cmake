# A length from 0 to the capacity needs one bit more than a slot's number. Without that bit a full ring has length 0.
set(defect "cursors one bit too narrow: full looks empty")
set(seen_in "tokio #2382, #2387")
set(expect P1)
set(policy "WorkStealing<E>")
set(settings "config.ring = 2")
set(file schedulers/queue/local_ring.hpp)
set(old [=[
    if (tail - steal_of(head_.load(Order::acquire)) > mask_) return false;  // (4)
]=])
set(new [=[
    if (((tail - steal_of(head_.load(Order::acquire))) & mask_) > mask_) return false;  // (4)
]=])
