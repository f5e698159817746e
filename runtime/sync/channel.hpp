// Channel: a bounded queue between tasks, and Oneshot: one value, once.
//
// Order     values are received in the order in which their sends took effect; waiting tasks are served in turn.
// Closing   close() ends the sends (they return false) and lets what is queued be received; then receives give nothing.
// Threads   send and receive: tasks. try_send, try_receive, close: any.
// Lifetime  as an event's: a receiver of the last value may destroy the channel at once.
// Edge      a send happens-before the receive of its value (the mutex).
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "runtime/sync/event.hpp"
#include "runtime/sync/wait_list.hpp"

namespace rota {

template <Env E, class T> class Channel {
  // A waiting sender holds its value here until it is taken; a waiting receiver finds its value here.
  struct Node : WaitNode<E> {
    std::optional<T> value;
    bool done = false;  // the value was taken, or came, or the channel closed
  };

 public:
  // Common to both ends: waits in a list of the channel's.
  template <class Derived> class End : public Awaitable<E, Derived> {
   public:
    End(const End&) = delete;
    End& operator=(const End&) = delete;

    bool disarm() {
      const std::scoped_lock lock(channel_->mutex_);
      if (node_.linked()) list_->remove(node_);
      return !node_.done;
    }

   protected:
    End(Channel& channel, WaitList<E>& list) noexcept : channel_(&channel), list_(&list) {}
    ~End() {
      if (node_.waker) (void)disarm();
    }
    void wait(Waker<E> waker) noexcept {
      node_.waker = waker;
      list_->push_back(node_);
    }
    Channel* channel_;
    WaitList<E>* list_;
    Node node_;
  };

  class Send : public End<Send> {
   public:
    Send(Channel& channel, T value) : End<Send>(channel, channel.senders_) { this->node_.value = std::move(value); }

    [[nodiscard]] bool ready() {
      const std::scoped_lock lock(this->channel_->mutex_);
      return attempt();
    }
    [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) {
      const std::scoped_lock lock(this->channel_->mutex_);
      if (attempt()) return false;
      this->wait(waker);
      return true;
    }
    // True if the value was accepted, false if the channel is closed.
    bool take() noexcept {
      this->node_.waker = {};
      return !this->node_.value.has_value();
    }

   private:
    bool attempt() {
      if (!this->channel_->closed_ && !this->channel_->put(this->node_.value)) return false;
      return this->node_.done = true;
    }
  };

  class Receive : public End<Receive> {
   public:
    explicit Receive(Channel& channel) : End<Receive>(channel, channel.receivers_) {}
    // A value that came for a task which was cancelled before it could take it stays in the channel, in front.
    ~Receive() {
      if (this->node_.waker) (void)this->disarm();
      this->node_.waker = {};
      if (this->node_.value) this->channel_->put_back(this->node_.value);
    }

    [[nodiscard]] bool ready() {
      const std::scoped_lock lock(this->channel_->mutex_);
      return attempt();
    }
    [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) {
      const std::scoped_lock lock(this->channel_->mutex_);
      if (attempt()) return false;
      this->wait(waker);
      return true;
    }
    // Nothing if the channel is closed and drained.
    std::optional<T> take() {
      this->node_.waker = {};
      return std::exchange(this->node_.value, std::nullopt);
    }

   private:
    bool attempt() {
      this->node_.value = this->channel_->get();
      if (!this->node_.value && !this->channel_->closed_) return false;
      return this->node_.done = true;
    }
  };

  // At least 1: values that may wait for a receiver.
  explicit Channel(std::size_t capacity) : capacity_(capacity == 0 ? 1 : capacity) {}
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel() { const std::scoped_lock last(mutex_); }

  [[nodiscard]] Send send(T value) { return Send(*this, std::move(value)); }
  [[nodiscard]] Receive receive() { return Receive(*this); }
  // False, and the value is gone, if the channel is full or closed.
  bool try_send(T value) {
    const std::scoped_lock lock(mutex_);
    std::optional<T> box(std::move(value));
    return !closed_ && put(box);
  }
  [[nodiscard]] std::optional<T> try_receive() {
    const std::scoped_lock lock(mutex_);
    return get();
  }
  void close() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    for (auto* list : {&senders_, &receivers_}) {
      while (auto* node = static_cast<Node*>(list->pop_front())) finish(*node);
    }
  }

 private:
  // Under the mutex. Gives the value to the receiver that waits longest; false if nobody waits.
  bool hand_over(std::optional<T>& value) {
    while (auto* node = static_cast<Node*>(receivers_.pop_front())) {
      node->value = std::exchange(value, std::nullopt);
      if (finish(*node)) return true;
      value = std::exchange(node->value, std::nullopt);  // that receiver will not come
    }
    return false;
  }

  // Under the mutex. As hand_over(), or queues it; false if there is room for neither.
  bool put(std::optional<T>& value) {
    if (hand_over(value)) return true;
    if (queue_.size() >= capacity_) return false;
    queue_.push_back(*std::exchange(value, std::nullopt));
    return true;
  }

  void put_back(std::optional<T>& value) {
    const std::scoped_lock lock(mutex_);
    if (!hand_over(value)) queue_.push_front(*std::exchange(value, std::nullopt));
  }

  // Under the mutex. The oldest value; a waiting sender's takes the room.
  std::optional<T> get() {
    if (queue_.empty()) return std::nullopt;
    std::optional<T> value(std::move(queue_.front()));
    queue_.pop_front();
    while (queue_.size() < capacity_) {  // what was put back may have filled it beyond
      auto* const node = static_cast<Node*>(senders_.pop_front());
      if (node == nullptr) break;
      queue_.push_back(*std::exchange(node->value, std::nullopt));
      if (finish(*node)) continue;
      node->value = std::move(queue_.back());  // that sender was cancelled: its value was never sent
      queue_.pop_back();
    }
    return value;
  }

  // The node's task may run, and the node be gone, as soon as this has returned true.
  static bool finish(Node& node) {
    const Waker<E> waker = node.waker;
    node.done = true;
    if (waker.wake()) return true;
    node.done = false;
    return false;
  }

  typename E::mutex mutex_;
  const std::size_t capacity_;
  bool closed_ = false;
  std::deque<T> queue_;
  WaitList<E> senders_, receivers_;
};

// One value from one sender to one receiver.
template <Env E, class T> class Oneshot {
 public:
  class Receive : public Event<E>::Wait {
   public:
    explicit Receive(Oneshot& oneshot) noexcept : Event<E>::Wait(oneshot.sent_), oneshot_(&oneshot) {}
    [[nodiscard]] T take() {
      Event<E>::Wait::take();
      return std::move(*oneshot_->value_);
    }
    [[nodiscard]] T await_resume() { return take(); }

   private:
    Oneshot* oneshot_;
  };

  // Any thread, once.
  void send(T value) {
    value_ = std::move(value);
    sent_.set();
  }
  [[nodiscard]] Receive receive() noexcept { return Receive(*this); }

 private:
  std::optional<T> value_;
  Event<E> sent_;
};

}  // namespace rota
