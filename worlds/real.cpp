// env::Real where it meets the kernel: threads, clock, memory, futex.
#include "worlds/real.hpp"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <new>

namespace rota::env {
namespace {

thread_local void* context_of_this_thread = nullptr;

long futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value, const timespec* until) noexcept {
  return syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, until, nullptr, FUTEX_BITSET_MATCH_ANY);
}

timespec to_timespec(TimePoint point) noexcept {
  const auto ns = point.time_since_epoch().count();
  return {.tv_sec = ns / 1'000'000'000, .tv_nsec = ns % 1'000'000'000};
}

}  // namespace

void Real::thread::prepare(const ThreadOptions& options) {
  // The kernel may round a sleep up by this much; its default of 50 us would drown a 100 us timer.
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  if (!options.name.empty()) pthread_setname_np(pthread_self(), options.name.substr(0, 15).c_str());
  if (options.pu) {
    // A pin that the kernel refuses is seen by whoever asked for it: Topology::can_bind() tells beforehand.
    cpu_set_t* set = CPU_ALLOC(*options.pu + 1);
    const std::size_t size = CPU_ALLOC_SIZE(*options.pu + 1);
    CPU_ZERO_S(size, set);
    CPU_SET_S(*options.pu, size, set);
    sched_setaffinity(0, size, set);
    CPU_FREE(set);
  }
}

TimePoint Real::now() noexcept {
  timespec ts{};
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return TimePoint(Duration(ts.tv_sec * 1'000'000'000LL + ts.tv_nsec));
}

void Real::charge(Cost cost) noexcept {
  for (const TimePoint end = later(now(), cost.work); now() < end;) relax();
}

NodeId Real::node() noexcept {
  unsigned cpu = 0, node = 0;
  return getcpu(&cpu, &node) == 0 ? node : anywhere;
}

void* Real::context() noexcept {
  asm volatile("");
  return context_of_this_thread;
}

void Real::set_context(void* pointer) noexcept {
  asm volatile("");
  context_of_this_thread = pointer;
}

void* Real::pages(std::size_t bytes, std::size_t alignment) {
  // Reserve with room to align, then give the ends back.
  const std::size_t reserved = bytes + alignment;
  void* raw = mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (raw == MAP_FAILED) throw std::bad_alloc();
  const auto begin = reinterpret_cast<std::uintptr_t>(raw);
  // Small ends that nobody touches cost address space only; giving them back costs a start two system calls.
  if (alignment < huge_page) return reinterpret_cast<void*>((begin + alignment - 1) / alignment * alignment);
  const std::uintptr_t aligned = (begin + alignment - 1) / alignment * alignment;
  if (aligned > begin) munmap(raw, aligned - begin);
  if (const std::uintptr_t rest = begin + reserved - (aligned + bytes); rest > 0)
    munmap(reinterpret_cast<void*>(aligned + bytes), rest);
  // Advice, so a refusal does not matter: a million tasks in 4 KiB pages would miss the TLB at every step.
  if (alignment >= huge_page) madvise(reinterpret_cast<void*>(aligned), bytes, MADV_HUGEPAGE);
  return reinterpret_cast<void*>(aligned);
}

void Real::release_pages(void* memory, std::size_t bytes) noexcept { munmap(memory, bytes); }

bool FutexParker::park_until(TimePoint deadline) noexcept {
  std::uint32_t seen = empty;
  if (!word_.compare_exchange_strong(seen, parked, std::memory_order_acquire, std::memory_order_acquire)) {
    // An exchange, not a store: a second unpark may have come since, and what it published must be seen as well.
    word_.exchange(empty, std::memory_order_acquire);
    return true;
  }
  const timespec until = deadline == never ? timespec{} : to_timespec(deadline);
  for (;;) {
    const long result = futex(word_, FUTEX_WAIT_BITSET, parked, deadline == never ? nullptr : &until);
    if (word_.load(std::memory_order_acquire) == token) break;
    if (result != 0 && errno == ETIMEDOUT) break;
  }
  return word_.exchange(empty, std::memory_order_acquire) == token;
}

bool FutexParker::unpark() noexcept {
  const std::uint32_t before = word_.exchange(token, std::memory_order_acq_rel);
  if (before == parked) futex(word_, FUTEX_WAKE_BITSET, 1, nullptr);
  return before == elsewhere;
}

bool FutexParker::begin_wait_elsewhere() noexcept {
  std::uint32_t seen = empty;
  if (word_.compare_exchange_strong(seen, elsewhere, std::memory_order_acq_rel, std::memory_order_acquire)) return true;
  word_.exchange(empty, std::memory_order_acquire);
  return false;
}

bool FutexParker::end_wait_elsewhere() noexcept { return word_.exchange(empty, std::memory_order_acquire) == token; }

static_assert(Env<Real>);

}  // namespace rota::env
