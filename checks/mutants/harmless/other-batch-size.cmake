set(defect "a thief takes one task, not half of them")
set(policy "WorkStealing<E>")
set(settings "config.ring = 2")
set(file schedulers/queue/local_ring.hpp)
set(old [=[
      count = std::min(length - length / 2, into.room() + 1);
]=])
set(new [=[
      count = 1;
]=])
