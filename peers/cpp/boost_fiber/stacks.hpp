// Stacks: a stack allocator that keeps free stacks for ever, a list for each thread and one for what is too much there.
//
// Boost's own pooled_fixedsize_stack takes no lock, so it serves fibers of one thread only; here fibers move. A stack
// costs the same from both.
#pragma once

#include <boost/context/fixedsize_stack.hpp>
#include <boost/context/stack_context.hpp>
#include <mutex>
#include <vector>

namespace rota::peers {

class Stacks {
 public:
  using traits_type = boost::context::stack_traits;

  // Far more than a task of these workloads needs; a page or two of it is ever touched. Not a multiple of the page's
  // size: the same place of all stacks would fall into the same few sets of the caches, which doubles the cost of a
  // thousand fibers.
  static constexpr std::size_t size = 16 * 1024 + 48;

  boost::context::stack_context allocate() {
    auto& mine = free_stacks();
    if (mine.empty() && !common().take(mine)) return boost::context::fixedsize_stack(size).allocate();
    const auto result = mine.back();
    mine.pop_back();
    return result;
  }

  void deallocate(boost::context::stack_context& stack) noexcept {
    auto& mine = free_stacks();
    mine.push_back(stack);
    if (mine.size() >= 2 * batch) common().give(mine);
  }

 private:
  using List = std::vector<boost::context::stack_context>;
  static constexpr std::size_t batch = 8192;

  // Where one thread spawns and another ends, stacks would pile up with the one who ends.
  class Common {
   public:
    bool take(List& to) {
      const std::lock_guard lock(mutex_);
      const auto first = stacks_.end() - static_cast<std::ptrdiff_t>(std::min(batch, stacks_.size()));
      to.assign(first, stacks_.end());
      stacks_.erase(first, stacks_.end());
      return !to.empty();
    }
    void give(List& from) {
      const std::lock_guard lock(mutex_);
      stacks_.insert(stacks_.end(), from.end() - batch, from.end());
      from.resize(batch);
    }

   private:
    std::mutex mutex_;
    List stacks_;
  };

  static Common& common() {
    static Common all;
    return all;
  }
  // Not inlined: a fiber that moved to another thread must not go on with the old one's list.
  [[gnu::noinline]] static List& free_stacks() {
    thread_local List mine;
    return mine;
  }
};

}  // namespace rota::peers
