# The thief knows that there is a task, but not what its owner wrote: the slot may be the one of a lap ago. If it is
# the right one, nothing orders the task's body before its reader: then it is a race first, under sc too.
set(defect "a thief reads bottom relaxed")
set(seen_in "ports of ABP and Chase-Lev to ARM")
set(expect P1)
set(relaxed ON)
set(policy "WorkStealing<E>")
set(settings "config.local = schedulers::Local::chase_lev, config.ring = 2")
set(file schedulers/queue/chase_lev.hpp)
set(form expression)
set(in [[if (top >= bottom_.load(Order::acquire)) return nullptr;]])
set(old [[Order::acquire]])
set(new [[Order::relaxed]])
