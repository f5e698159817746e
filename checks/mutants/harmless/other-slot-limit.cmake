# With the program of lifo-slot-is-private, which must pass as long as the slot can be stolen.
set(defect "fewer picks in a row from the LIFO slot")
set(policy "LifoSlot<E, WorkStealing<E>>")
set(include checks/mutants/slot_check.hpp)
set(check "check_slot_while_busy<E, Policy>(options)")
set(file schedulers/lifo_slot.hpp)
set(old [=[
    std::uint32_t limit = 3;
]=])
set(new [=[
    std::uint32_t limit = 1;
]=])
