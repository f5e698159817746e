// Slots: type-stable memory for tasks. One slot holds a Task and, behind it, the body: one allocation per task.
//
// A slot that once was a Task stays one: its memory goes from life to life and never back to the world, so the epoch
// survives and a waker that outlived its task reads a live word (W3). Slots belong to the world, not to a runtime.
//
// Threads    SlotCache: its worker only. SlotDepot: any thread, under its mutex, in batches.
// Cost       acquire and release through a cache: no atomic operation, one line of the slot. One batch in 64 takes the
//            depot's mutex. Slots are multiples of 16 bytes: those of 64 share no line, those of 112 a neighbour's
//            (docs/adr/0014 weighs that against the memory).
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <new>
#include <vector>

#include "runtime/task.hpp"

namespace rota {

inline constexpr std::size_t slot_granule = 16;
inline constexpr std::size_t slab_bytes = 64 * 1024;  // also the alignment: masking a task's address finds its slab

// Slot sizes: multiples of 16 up to 1 KiB, then powers of two up to 2^26.
struct SlotClass {
  static constexpr unsigned fine = 64;
  static constexpr unsigned count = fine + 16;

  static constexpr unsigned of(std::size_t slot_size) noexcept {
    if (slot_size <= fine * slot_granule)
      return static_cast<unsigned>((slot_size + slot_granule - 1) / slot_granule) - 1;
    return fine + static_cast<unsigned>(std::bit_width(slot_size - 1)) - 11;
  }
  static constexpr std::size_t size(unsigned slot_class) noexcept {
    return slot_class < fine ? (slot_class + 1) * slot_granule : std::size_t{1} << (slot_class - fine + 11);
  }
};
static_assert(SlotClass::of(1024) == 63 && SlotClass::of(1025) == 64 && SlotClass::size(64) == 2048);

// At the start of each slab, on a line of its own. Written once, and once more when a policy first asks for the words.
template <Env E> struct alignas(64) SlabHeader {
  using Word = typename E::template cell<std::uint64_t>;

  unsigned slot_class;
  std::uint32_t slots;
  typename E::template atomic<Word*> policy_words{nullptr};  // one for each slot (runtime/policy_word.hpp)

  static SlabHeader& of(const Task<E>* task) noexcept {
    return *reinterpret_cast<SlabHeader*>(reinterpret_cast<std::uintptr_t>(task) & ~(slab_bytes - 1));
  }
  [[nodiscard]] std::size_t policy_words_bytes() const noexcept { return slots * sizeof(Word); }
  [[nodiscard]] std::size_t index_of(const Task<E>* task) const noexcept {
    const auto offset = reinterpret_cast<std::uintptr_t>(task) - reinterpret_cast<std::uintptr_t>(this + 1);
    return offset / SlotClass::size(slot_class);
  }
};

// A chain of free slots, linked through Task::next.
template <Env E> struct SlotChain {
  Task<E>* head = nullptr;
  std::uint32_t length = 0;

  void push(Task<E>* task) noexcept {
    task->set_next(head);
    head = task;
    ++length;
  }
  [[nodiscard]] Task<E>* pop() noexcept {
    Task<E>* const task = head;
    head = task->next();
    --length;
    if (head != nullptr) head->prefetch();  // the next spawn writes there: hides a miss once tasks outgrow the cache
    return task;
  }
};

// The world's free slots and all slabs ever carved.
template <Env E> class SlotDepot {
 public:
  static constexpr auto batch = static_cast<std::uint32_t>(E::capacity(64));

  SlotDepot() = default;
  SlotDepot(const SlotDepot&) = delete;
  SlotDepot& operator=(const SlotDepot&) = delete;
  ~SlotDepot() {
    for (const auto& slab : slabs_) {
      auto* const words = header(slab).policy_words.load(Order::relaxed);
      if (words != nullptr) E::release_pages(words, header(slab).policy_words_bytes());
    }
    for (const auto& chunk : chunks_) E::release_pages(chunk.memory, chunk.bytes);
  }

  // At least one slot, at most a batch.
  [[nodiscard]] SlotChain<E> take(unsigned slot_class) {
    const std::scoped_lock lock(mutex_);
    auto& chains = free_[slot_class];
    if (chains.empty()) return carve(slot_class);
    const SlotChain<E> chain = chains.back();
    chains.pop_back();
    return chain;
  }

  void give(unsigned slot_class, SlotChain<E> chain) {
    const std::scoped_lock lock(mutex_);
    free_[slot_class].push_back(chain);
  }

  // Calls visit(task) for every slot ever carved, free ones included. Slots may change meanwhile: visit through
  // atomics.
  template <class Visit> void for_each_slot(Visit visit) {
    const std::scoped_lock lock(mutex_);
    for (const auto& slab : slabs_) {
      for (std::uint32_t i = 0; i < slab.carved; ++i) visit(*slab.slot(i));
    }
  }

 private:
  struct Chunk {
    void* memory;
    std::size_t bytes;
  };
  struct Slab {
    std::byte* base;
    std::size_t slot_size;
    std::uint32_t carved;

    [[nodiscard]] Task<E>* slot(std::uint32_t index) const noexcept {
      return reinterpret_cast<Task<E>*>(base + sizeof(SlabHeader<E>) + index * slot_size);
    }
  };
  static constexpr std::size_t first_chunk_bytes = 16 * slab_bytes;
  static constexpr std::size_t chunk_bytes = 2 * huge_page;

  SlotChain<E> carve(unsigned slot_class) {
    std::size_t& opened = opened_[slot_class];
    if (opened == 0 || slabs_[opened - 1].carved == header(slabs_[opened - 1]).slots) opened = new_slab(slot_class);
    Slab& slab = slabs_[opened - 1];
    SlotChain<E> chain;
    std::uint32_t end = std::min(slab.carved + batch, header(slab).slots);
    // Few at first, from a kilobyte: a small runtime need not touch more.
    if (slab.carved == 0) end = std::clamp(static_cast<std::uint32_t>(1024 / slab.slot_size), 1U, end);
    while (slab.carved < end) chain.push(new (slab.slot(slab.carved++)) Task<E>());
    return chain;
  }

  std::size_t new_slab(unsigned slot_class) {
    const std::size_t size = SlotClass::size(slot_class);
    const std::size_t bytes = std::max(slab_bytes, std::bit_ceil(size + sizeof(SlabHeader<E>)));
    std::byte* const base = bytes > slab_bytes ? new_chunk(bytes) : next_of_chunk();
    new (base) SlabHeader<E>{slot_class, static_cast<std::uint32_t>((bytes - sizeof(SlabHeader<E>)) / size)};
    slabs_.push_back({base, size, 0});
    return slabs_.size();
  }

  std::byte* next_of_chunk() {
    if (room_ == 0) {
      // Small at first, for runtimes with few tasks; then in huge pages, for a million.
      const std::size_t bytes = chunks_.empty() ? first_chunk_bytes : chunk_bytes;
      next_ = new_chunk(bytes);
      room_ = bytes / slab_bytes;
    }
    --room_;
    return std::exchange(next_, next_ + slab_bytes);
  }

  std::byte* new_chunk(std::size_t bytes) {
    chunks_.push_back({E::pages(bytes, bytes < huge_page ? slab_bytes : huge_page), bytes});
    return static_cast<std::byte*>(chunks_.back().memory);
  }

  static const SlabHeader<E>& header(const Slab& slab) { return *reinterpret_cast<const SlabHeader<E>*>(slab.base); }
  typename E::mutex mutex_;
  std::array<std::vector<SlotChain<E>>, SlotClass::count> free_;
  std::array<std::size_t, SlotClass::count> opened_{};  // by class: the number of the slab that is carved, from 1
  std::vector<Slab> slabs_;
  std::vector<Chunk> chunks_;
  std::byte* next_ = nullptr;
  std::size_t room_ = 0;
};

// One worker's stock of free slots.
template <Env E> class SlotCache {
 public:
  SlotCache() = default;
  SlotCache(const SlotCache&) = delete;
  SlotCache& operator=(const SlotCache&) = delete;
  ~SlotCache() {
    for (unsigned c = 0; c < SlotClass::count; ++c) {
      for (auto* chain : {&active_[c], &spare_[c]}) {
        if (chain->length > 0) E::template global<SlotDepot<E>>().give(c, *chain);
      }
    }
  }

  [[nodiscard]] Task<E>* acquire(unsigned slot_class) {
    auto& chain = active_[slot_class];
    if (chain.length == 0) [[unlikely]]
      refill(slot_class);
    return chain.pop();
  }

  void release(unsigned slot_class, Task<E>* task) {
    auto& chain = active_[slot_class];
    if (chain.length == SlotDepot<E>::batch) [[unlikely]]
      spill(slot_class);
    chain.push(task);
  }

 private:
  // Two chains, so that a worker at a batch's border does not go to the depot at every step.
  [[gnu::noinline]] void refill(unsigned slot_class) {
    std::swap(active_[slot_class], spare_[slot_class]);
    if (active_[slot_class].length == 0) active_[slot_class] = E::template global<SlotDepot<E>>().take(slot_class);
  }
  [[gnu::noinline]] void spill(unsigned slot_class) {
    std::swap(active_[slot_class], spare_[slot_class]);
    auto& chain = active_[slot_class];
    if (chain.length == SlotDepot<E>::batch) {
      E::template global<SlotDepot<E>>().give(slot_class, chain);
      chain = {};
    }
  }

  std::array<SlotChain<E>, SlotClass::count> active_{};
  std::array<SlotChain<E>, SlotClass::count> spare_{};
};

}  // namespace rota
