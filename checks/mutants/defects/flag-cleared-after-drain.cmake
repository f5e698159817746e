# An interrupt that comes between the look and the clearing is gone, and so is what it was about. In a runtime that is
# a wake-up, and conformance calls it P3; here nobody interrupts for any other reason than to interrupt.
set(defect "a flag is cleared after the drain instead of before it")
set(seen_in "libuv #50")
set(expect R2)
set(include checks/mutants/interrupt_check.hpp)
set(check "check_interrupt<E>(options)")
set(file reactor/simulated_reactor.hpp)
set(form expression)
set(old [[interrupted_.exchange(false, Order::acq_rel)]])
set(new [[interrupted_.load(Order::acquire)]])
set(form_2 statement)
set(old_2 [=[
        for (const Completion& each : out.first(count))
          if (each.source == Completion::Source::timer) say(Mark::collect, each.ticket);
]=])
set(new_2 [=[
        interrupted_.store(false, Order::release);
        for (const Completion& each : out.first(count))
          if (each.source == Completion::Source::timer) say(Mark::collect, each.ticket);
]=])
