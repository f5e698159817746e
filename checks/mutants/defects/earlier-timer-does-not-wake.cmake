set(defect "an earlier timer does not shorten the sleep")
set(seen_in "tokio #3190")
set(expect R4)
set(file reactor/simulated_reactor.hpp)
set(form statement)
set(old [=[
    if (earlier) (void)parker_.unpark();
]=])
set(new [=[
]=])
