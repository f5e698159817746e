# Two tasks that wake each other keep the slot full, and a third waits. The inner policy is fifo, whose starvation
# bound is 1, so that the bound of the whole can be reached by a small program; drawn ones are too short even so.
# Under sc, since under relaxed memory the bound has a slack for looks that come too early.
set(defect "the LIFO slot never yields to the queue")
set(seen_in "tokio #2349, #5686")
set(expect P4)
set(policy "LifoSlot<E, Fifo<E>>")
set(include checks/mutants/program_check.hpp)
set(check [[check_program(subject(), "w1:t0=u,k1,u,k1,u,k1,u,k1,u,k1,u,k1:t1=k0,s2,u,k0,u,k0,u,k0,u,k0,u,k0:t2=", in_sc(options))]])
set(file schedulers/lifo_slot.hpp)
set(form expression)
set(old [[lanes_[self->id()].in_a_row >= limit_]])
set(new [[false]])
