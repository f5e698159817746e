set(defect "the timer wheel sorts a tick's timers whenever it looks at them")
set(file reactor/timer_wheel.cpp)
set(rename TimerWheel)
set(include checks/mutants/wheel_check.hpp)
set(check "check_wheel<TimerWheel>(options)")
set(form type)
set(old [=[
    if ((disordered_ >> place & 1) != 0) sort(place);
]=])
set(new [=[
    sort(place);
]=])
