set(defect "a yield wakes a worker that it does not need")
set(file schedulers/fifo.hpp)
set(old [=[
    return info.origin == Origin::yield ? WakeHint::none() : WakeHint::any();
]=])
set(new [=[
    return (void)info, WakeHint::any();
]=])
