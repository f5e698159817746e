# Once the exchange has succeeded the owner may push over the slot: the thief then has a task that is still inside,
# and the one that he claimed is gone. He may also see the body of what he has half written: then it is a race first.
set(defect "steal reads the slot again after its compare-exchange")
set(seen_in "crossbeam-deque #726")
set(expect P1)
set(policy "WorkStealing<E>")
set(settings "config.local = schedulers::Local::chase_lev, config.ring = 2")
set(file schedulers/queue/chase_lev.hpp)
set(form statement)
set(old [=[
      Task<E>* const task = slot(top).load(Order::relaxed);
      if (top_.compare_exchange(top, top + 1, Order::acq_rel, Order::acquire)) return task;  // (5)
]=])
set(new [=[
      if (top_.compare_exchange(top, top + 1, Order::acq_rel, Order::acquire)) return slot(top).load(Order::relaxed);
]=])
