# A task whose worker still stands on its frame is given to the policy, and another worker may enter the frame. Only
# the wakes of workers do it: they know the executor, which a task that is not suspended yet does not tell.
set(defect "a task is enqueued before its frame is cold")
set(seen_in "this design, W6")
set(expect W6 T2)
set(file runtime/waker.hpp)
set(form statement)
set(in [=[
      case Wake::early:
        return true;
]=])
set(old [=[
        return true;
]=])
set(new [=[
        if (auto* const worker = Worker<E>::current()) worker->executor().enqueue(Runnable<E>::adopt(task_), {origin});
        return true;
]=])
set(form_2 always)
set(old_2 [=[
template <class E> class Executor;
]=])
set(new_2 [=[
template <class E> class Executor;
template <Env E> class Worker;
]=])
