# It sleeps as a searcher: submitters go on to rely on it.
set(defect "a searcher that woke for nothing goes back to sleep without handing its search on")
set(seen_in "tokio #4383")
set(expect P3)
set(file runtime/runtime.hpp)
set(form statement)
set(old [=[
    if (self.searching) (void)parking_.end_search(self);  // the look below is what a leaving searcher owes
]=])
set(new [=[
]=])
