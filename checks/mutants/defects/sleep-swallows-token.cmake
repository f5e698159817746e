# The worker that drives the reactor blocks there, not in its parker: a token that lies there already must keep it
# awake.
set(defect "a park token that is there already is consumed by the next sleep, which sleeps on")
set(seen_in "cppcoro #114")
set(expect P3)
set(file runtime/reactor_seat.hpp)
set(form statement)
set(old [=[
    if (!self.parker.begin_wait_elsewhere()) return 0;
]=])
set(new [=[
    (void)self.parker.begin_wait_elsewhere();
]=])
