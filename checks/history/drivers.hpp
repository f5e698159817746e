// Drivers: make a script's calls on a real structure, in a world E. Each is a template on the structure, so that a copy
// with a defect is driven by the same code.
//
// Tasks are tokens: nobody runs them. Whoever puts one in writes its resume point, whoever takes it out reads it; so a
// structure that passes a task on without ordering the two is seen as a race.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <type_traits>

#include "checks/history/script.hpp"
#include "runtime/idle_set.hpp"
#include "schedulers/queue/intrusive_list.hpp"

namespace rota::checks::history {

template <Env E> class Tokens {
 public:
  explicit Tokens(std::size_t count) : tasks_(std::make_unique<Task<E>[]>(count)), count_(count) {}

  Task<E>* in(int number) {
    Task<E>& task = tasks_[static_cast<std::size_t>(number) - 1];
    task.set_resume_point(&task);
    return &task;
  }
  // Nothing for nullptr. A pointer that was never put in is called 0.
  Values out(const Task<E>* task) const {
    if (task == nullptr) return {};
    for (std::size_t i = 0; i < count_; ++i) {
      if (&tasks_[i] != task) continue;
      (void)task->resume_point();
      return Values{static_cast<int>(i) + 1};
    }
    return Values{0};
  }
  Values out(queue::IntrusiveList<E>& list, Values found = {}) const {
    while (Task<E>* const task = list.pop()) found.push(out(task)[0]);
    return found;
  }

 private:
  std::unique_ptr<Task<E>[]> tasks_;
  std::size_t count_;
};

inline Values truth(bool value) { return Values{value ? 1 : 0}; }

// LockedFifo and what has its face.
template <Env E, class Queue> class FifoDriver {
 public:
  static constexpr Call emptying = Call::pop;

  explicit FifoDriver(const Script& script) : tokens_(script.tasks) {}

  Values call(const Operation& operation) {
    switch (operation.call) {
      case Call::push:
        queue_.push(tokens_.in(operation.argument[0]));
        return truth(true);
      case Call::pop:
        return tokens_.out(queue_.pop());
      case Call::empty:
        return truth(queue_.empty());
      default:
        return call_on_many(operation);
    }
  }

 private:
  // Not every queue has these.
  Values call_on_many(const Operation& operation) {
    if constexpr (requires(queue::IntrusiveList<E> list) { queue_.take_all(list); }) {
      queue::IntrusiveList<E> list;
      switch (operation.call) {
        case Call::push_chain:
          for (const auto value : operation.argument) list.push(tokens_.in(value));
          queue_.push_chain(list, operation.argument.size());
          return {};
        case Call::pop_batch: {
          const auto most = static_cast<std::size_t>(operation.argument[0]);
          Values taken = tokens_.out(queue_.pop_batch(most, [&](Task<E>* task) { list.push(task); }));
          return tokens_.out(list, taken);
        }
        case Call::take_all:
          queue_.take_all(list);
          return tokens_.out(list);
        case Call::length:
          return Values{static_cast<int>(queue_.size())};
        default:
          break;
      }
    }
    contract_failure("usage", "the structure has no such call");
  }

  Tokens<E> tokens_;
  Queue queue_;
};

// LocalRing and ChaseLev: one queue for each owner.
template <Env E, class Queue> class LocalDriver {
 public:
  static constexpr Call emptying = Call::pop;

  explicit LocalDriver(const Script& script) : tokens_(script.tasks) {
    for (std::size_t i = 0; i < script.objects; ++i) {
      if constexpr (std::is_constructible_v<Queue, std::size_t, std::uint32_t>) {
        queues_.emplace_back(script.capacity, static_cast<std::uint32_t>(script.first));
      } else {
        queues_.emplace_back(script.capacity);
      }
    }
  }

  Values call(const Operation& operation) {
    Queue& queue = queues_[operation.object];
    switch (operation.call) {
      case Call::push:
        return truth(queue.push(tokens_.in(operation.argument[0])));
      case Call::pop:
        return tokens_.out(queue.pop());
      case Call::pop_oldest:
        return tokens_.out(queue.pop_oldest());
      case Call::take_half: {
        queue::IntrusiveList<E> list;
        (void)queue.take_half(list);
        return tokens_.out(list);
      }
      case Call::steal_half:
        return tokens_.out(queue.steal_half(queues_[operation.other]));
      case Call::empty:
        return truth(queue.empty());
      default:
        contract_failure("usage", "the structure has no such call");
    }
  }

 private:
  Tokens<E> tokens_;
  std::deque<Queue> queues_;
};

template <Env E, class Set> class IdleDriver {
 public:
  explicit IdleDriver(const Script&) : set_(most_workers) {}

  Values call(const Operation& operation) {
    const auto worker = static_cast<WorkerId>(operation.object);
    switch (operation.call) {
      case Call::announce:
        set_.announce(worker);
        return {};
      case Call::retract:
        return truth(set_.retract(worker));
      case Call::claim:
        return truth(set_.claim(worker));
      case Call::claim_any: {
        WorkerId claimed{};
        return set_.claim_any(claimed) ? Values{static_cast<int>(claimed)} : Values{};
      }
      case Call::none:
        return truth(set_.none());
      default:
        contract_failure("usage", "the structure has no such call");
    }
  }

 private:
  static constexpr std::size_t most_workers = 3;
  Set set_;
};

// The program: thread 0 prepares, starts the others, waits for them and takes out what is left.
template <Env E, class Driver> class Performance {
 public:
  Performance(const Script& script, Recorder& recorder) : script_(script), recorder_(recorder), driver_(script) {}

  void run() {
    make_calls(0);
    {
      std::deque<typename E::thread> threads;
      for (std::size_t i = 1; i < script_.threads.size(); ++i)
        threads.emplace_back(ThreadOptions{.name = "thread " + std::to_string(i), .pu = {}},
                             [this, i] { make_calls(i); });
      for (auto& thread : threads) thread.join();
    }
    if constexpr (requires { Driver::emptying; }) empty();
    recorder_.finish();
  }

 private:
  // Ends also if the structure never does: more tasks than went in are enough to say so.
  void empty() {
    std::size_t found = 0;
    for (std::size_t object = 0; object < script_.objects; ++object) {
      const Operation taking{.call = Driver::emptying, .object = static_cast<std::uint8_t>(object)};
      while (found <= script_.tasks && !make_call(taking).empty()) ++found;
    }
  }
  void make_calls(std::size_t thread) {
    for (const Operation& operation : script_.threads[thread]) make_call(operation);
  }
  // The fences lie within the call's stamps: calls that follow one another in the history are ordered by two fences.
  Values make_call(const Operation& operation) {
    const std::size_t number = recorder_.begin(operation);
    if (script_.fences) E::full_fence();
    const Values result = driver_.call(operation);
    if (script_.fences) E::full_fence();
    recorder_.end(number, result);
    return result;
  }

  const Script& script_;
  Recorder& recorder_;
  Driver driver_;
};

template <Env E, class Driver> void perform(const Script& script, Recorder& recorder) {
  Performance<E, Driver>(script, recorder).run();
}

}  // namespace rota::checks::history
