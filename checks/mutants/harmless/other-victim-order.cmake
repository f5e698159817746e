set(defect "victims in turn from the next worker, not from a random one")
set(policy "WorkStealing<E>")
set(file schedulers/work_stealing.hpp)
set(old [=[
      const std::uint32_t first = self.random().below(workers);
]=])
set(new [=[
      const std::uint32_t first = self.id();
]=])
