set(defect "an event says that it has done with a waiter's node, and reads its waker then")
set(seen_in "nodes on the stack of a waiter that timed out")
set(expect W1 race)
set(include checks/mutants/event_check.hpp)
set(check "check_event<E>(options)")
set(file runtime/sync/wait_stack.hpp)
set(form statement)
set(old [=[
      const Waker<E> waker = node->waker.read();
      node->newer.store(done, Order::release);  // (6)
      waker.wake();                             // (3)
]=])
set(new [=[
      node->newer.store(done, Order::release);  // (6)
      const Waker<E> waker = node->waker.read();
      waker.wake();  // (3)
]=])
