# The clock is the machine's, not the world's: neither the seed nor the schedule decides what it says. WorkStealing
# does not promise determinism because of its seed; one program with one seed is to give the same picks all the same,
# so the mutant promises it.
set(defect "victims are chosen from the wall clock")
set(seen_in "Argobots randws")
set(expect P7)
set(policy "WorkStealing<E>")
set(promises "deterministic = true")
set(include checks/mutants/program_check.hpp)
set(check [[check_determinism(subject(), "w3:t0=s1,s2,y:t1=y:t2=y", options)]])
set(file schedulers/work_stealing.hpp)
set(form expression)
set(old [[self.random().below(workers)]])
set(new [[static_cast<std::uint32_t>(std::chrono::steady_clock::now().time_since_epoch().count() % workers)]])
