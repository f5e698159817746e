// policy_word(task): one word of a policy's own for each task: what it has used up, where it belongs, when it came.
//
// Meaning   Whatever the policy writes, from the task's first enqueue (Origin::spawn) to its end. Before that write it
//           holds what the slot's last task left.
// Threads   Who owns the task: enqueue() before it puts the task where others find it, pick() and steal() once they
//           have it, account(). An order of accesses is what the policy's own queues give, as for the task itself.
// Memory    The words of a slab lie together, beside it, and are made when a policy first asks for one of them: eight
//           bytes a task under such a policy, and nothing under any other (docs/adr/0031).
// Cost      The slab's line, which is only read, and the word's. A division by the size of a slot.
#pragma once

#include <memory>

#include "runtime/slots.hpp"

namespace rota {

// Pages of the world, as slabs are: their addresses lie in slabs, where no leak detector looks for them.
template <Env E> [[gnu::noinline]] typename SlabHeader<E>::Word* make_policy_words(SlabHeader<E>& slab) {
  using Word = typename SlabHeader<E>::Word;
  auto* const made = static_cast<Word*>(E::pages(slab.policy_words_bytes(), 64));
  std::uninitialized_value_construct_n(made, slab.slots);
  Word* found = nullptr;
  if (slab.policy_words.compare_exchange(found, made, Order::acq_rel, Order::acquire)) return made;
  E::release_pages(made, slab.policy_words_bytes());
  return found;
}

// A cell: read() and write(). Ends the program if there is no memory for it: a policy may not fail.
template <Env E> [[nodiscard]] typename SlabHeader<E>::Word& policy_word(const Task<E>& task) noexcept {
  auto& slab = SlabHeader<E>::of(&task);
  auto* words = slab.policy_words.load(Order::acquire);
  if (words == nullptr) [[unlikely]]
    words = make_policy_words(slab);
  return words[slab.index_of(&task)];
}

}  // namespace rota
