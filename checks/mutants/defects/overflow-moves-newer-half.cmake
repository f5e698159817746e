# WorkStealing promises no order (overflow goes behind what waits in the injection queue, whichever half it is), so no
# policy of ours can break P5 by this. The ring can: its contract is first in, first out at all ends, and take_half
# gives the older half. So the ring is checked against its sequential model.
set(defect "overflow moves the wrong half")
set(seen_in "tokio #8029")
set(expect P5)
set(file schedulers/queue/local_ring.hpp)
set(include checks/mutants/structure_check.hpp schedulers/queue/local_ring.hpp)
set(check [[check_copy<E, history::LocalDriver<E, queue::LocalRing<E>>>("local-ring", options)]])
set(form statement)
set(old [=[
    if (!head_.compare_exchange(head, pack(real + count, real + count), Order::acq_rel, Order::relaxed)) return 0;
    for (std::uint32_t i = 0; i < count; ++i) out.push(slot(real + i).read());
]=])
set(new [=[
    const std::uint32_t tail = tail_.load(Order::relaxed) - count;
    tail_.store(tail, Order::release);
    for (std::uint32_t i = 0; i < count; ++i) out.push(slot(tail + i).read());
]=])
