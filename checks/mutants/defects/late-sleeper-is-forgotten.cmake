# A worker that finds no work and no end between the two lines sleeps for ever: it was unparked before it slept,
# looked for the reason and found none.
set(defect "shutdown forgets a worker that parks late")
set(seen_in "tokio #2074")
set(expect P6)
set(file runtime/runtime.hpp)
set(form statement)
set(old [=[
    stopping_.store(true, Order::release);
    parking_.unpark_all();
]=])
set(new [=[
    parking_.unpark_all();
    stopping_.store(true, Order::release);
]=])
