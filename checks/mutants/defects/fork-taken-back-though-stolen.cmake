# The owner of a shared part lowers the split without looking whether the part is still there, and runs it as well.
set(defect "a forked part is taken back although a thief has it")
set(seen_in "the first version of many split deques; what the exchange in Lace's pop is for")
set(expect F1)
set(include checks/mutants/fork_check.hpp)
set(check "check_forks<E, Policy>(options)")
set(file runtime/forks.hpp)
set(form statement)
set(old [=[
    split_ = head_;
    shared_.store(pack(head_, head_), Order::release);
    return false;
]=])
set(new [=[
    split_ = head_;
    shared_.store(pack(head_, head_), Order::release);
    return true;
]=])
