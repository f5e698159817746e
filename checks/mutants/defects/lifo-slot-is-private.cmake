# The policy still promises work conservation, as Tokio did. A program of conformance keeps a worker only for a task
# that nobody wakes, so the mutant has a program of its own.
set(defect "the LIFO slot cannot be stolen while its owner blocks")
set(seen_in "tokio #4941, #7431")
set(expect P2)
set(policy "LifoSlot<E, Fifo<E>>")
set(include checks/mutants/slot_check.hpp)
set(check "check_slot_while_busy<E, Policy>(options)")
set(file schedulers/lifo_slot.hpp)
set(form expression)
set(in [[shared_(config.steal)]])
set(old [[config.steal]])
set(new [[false]])
