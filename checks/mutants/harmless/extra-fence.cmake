set(defect "a fence more, before the look at the idle set")
set(file runtime/parking.hpp)
set(form statement)
set(form statement)
set(old [=[
    E::full_fence();
    wake(hint);
]=])
set(new [=[
    E::full_fence();
    E::full_fence();
    wake(hint);
]=])
