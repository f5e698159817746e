set(defect "an event is set while one of its waiters takes itself out of the list")
set(seen_in "lists of waiters whose lock one side forgets")
set(expect W1 race)
set(include checks/mutants/event_check.hpp)
set(check "check_event<E>(options)")
set(file runtime/sync/wait_stack.hpp)
set(form expression)
set(in [=[
      if (wait_if_locked(seen)) continue;
      const std::uintptr_t next = (seen & crowd) != 0 ? seen | locked : raised;
]=])
set(old [[wait_if_locked(seen)]])
set(new [[false]])
