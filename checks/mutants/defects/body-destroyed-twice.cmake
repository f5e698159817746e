# Its worker destroys a body that its join handle destroys as well.
set(defect "run after completion: the body is destroyed twice")
set(seen_in "compio #856")
set(expect T3)
set(file runtime/join.hpp)
set(form expression)
set(old [[std::exchange(task_, nullptr)]])
set(new [[task_]])
