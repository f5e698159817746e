# Shutdown looks into the queues of the first worker only. What another one left behind is never drained, and
# shutdown, which counts, waits for it.
set(defect "a worker retires with tasks in its local queue")
set(seen_in "Kotlin #4743")
set(expect P1)
set(policy "WorkStealing<E>")
set(file runtime/ending.hpp)
set(form statement)
set(old [=[
    for (const auto& worker : workers) drain(policy, *worker, gate);
]=])
set(new [=[
    drain(policy, *workers.front(), gate);
]=])
