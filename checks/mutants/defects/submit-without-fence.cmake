# The reason for the fence in runtime/parking.hpp: without it a submitter may read an idle set from before the
# sleeper's announcement, while the sleeper reads a queue from before the submitter's enqueue.
set(defect "the sleeper's state is read without a full fence against the enqueue")
set(seen_in "tokio #1768, #1788; Seastar #1488")
set(expect P3)
set(relaxed ON)
set(file runtime/parking.hpp)
set(form statement)
set(form statement)
set(old [=[
    E::full_fence();
    wake(hint);
]=])
set(new [=[
    wake(hint);
]=])
