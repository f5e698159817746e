# Our idle set is bits and cannot be counted wrong; the count that hangs on it is that of the searchers. A worker that
# two threads claim is counted twice and gives back one.
set(defect "one idle worker changes a count twice: two claims of it succeed")
set(seen_in "tokio #7910, cppcoro #61")
set(expect P3)
set(file runtime/idle_set.hpp)
set(form statement)
set(old [=[
        if (clear(claimed)) return true;
]=])
set(new [=[
        (void)clear(claimed);
        return true;
]=])
