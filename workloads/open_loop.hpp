// An open loop: load generators that send requests at the times of a schedule, whatever becomes of the ones before, and
// ledgers in which workers enter what they served.
//
// Latency is counted from the intended start, so a generator or a system that falls behind cannot hide it (no
// coordinated omission); the latency from the actual sending stands beside it.
#pragma once

#include <algorithm>
#include <concepts>
#include <exception>

#include "runtime/work.hpp"
#include "workloads/host/distribution.hpp"
#include "workloads/host/histogram.hpp"
#include "worlds/real.hpp"

namespace rota::workloads {

// What a request is, as the generator knows it. It lies in the frame of its task, so that memory does not grow with
// the number of requests; the generator learns by `*place` where, since making a coroutine moves its parameters there.
struct Request {
  Request(TimePoint at, Duration drawn, Request** where) : intended(at), service(drawn), place(where) {}
  Request(Request&& other) noexcept
      : intended(other.intended),
        sent(other.sent),
        service(other.service),
        counted(other.counted),
        attributes(other.attributes),
        place(other.place) {
    *place = this;
  }
  Request& operator=(Request&&) = delete;

  TimePoint intended, sent;
  Duration service;
  bool counted = true;  // not one of the first, which find an emptier system
  Attributes attributes;
  Request** place;  // of use only while the task is made
};

// What one worker has served. Written by that worker; to be read when completed() has reached what was sent.
template <Env E> class alignas(line_pair) Ledger {
 public:
  void enter(const Request& request, TimePoint now) {
    work += request.service - request.attributes.remaining;
    if (request.counted) {
      from_intended.record(now - request.intended);
      from_sent.record(now - request.sent);
      waited += now - request.intended - request.service;
      if (now > request.attributes.deadline) ++late;
    }
    completed_.add();
  }
  [[nodiscard]] std::uint64_t completed() const noexcept { return completed_.value(); }

  void merge(const Ledger& other) {
    work += other.work;
    from_intended.merge(other.from_intended);
    from_sent.merge(other.from_sent);
    waited += other.waited;
    late += other.late;
  }

  host::Histogram from_intended, from_sent;
  Duration work{0}, waited{0};
  std::uint64_t late = 0;

 private:
  Tally<E> completed_;
};

template <Env E> Job<E> serve_request(Executor<E>& executor, std::vector<Ledger<E>>& ledgers, Request request) {
  co_await work<E>(executor, {.work = request.service}, &request.attributes);
  const TimePoint now = E::now();
  ledgers[Worker<E>::current()->id()].enter(request, now);
}

// What one generator is to send.
struct Offer {
  host::Distribution service;
  Random services;
  host::PoissonArrivals arrivals;
  std::uint64_t requests = 0;
  double slack = 0;     // deadline: this many times the service after the intended start
  Duration planned{};   // how long the schedule is on average
  Duration patience{};  // it gives up when it is later than this, and later than this after the planned end
  Duration size_unit;   // priorities: 0 below it, one more for each doubling from there
};

template <Env E> class LoadGenerator {
 public:
  LoadGenerator(Executor<E>& executor, std::vector<Ledger<E>>& ledgers, Offer offer)
      : executor_(executor), ledgers_(ledgers), offer_(std::move(offer)) {}

  // The body of its thread. Returns when all is sent, or when it gives up. An exception is kept for the other side.
  void send_all(TimePoint start) noexcept {
    try {
      for (std::uint64_t i = 0; i < offer_.requests; ++i) {
        Request request(start + offer_.arrivals.next(), offer_.service(offer_.services), &placed_);
        request.counted = i >= offer_.requests / 10;
        request.sent = wait_until(request.intended);
        if (gives_up(request, start)) return;
        last_ = request.sent;
        drawn_ += request.service;
        send(std::move(request));
        ++sent_;
      }
    } catch (...) {
      error_ = std::current_exception();
    }
  }

  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  [[nodiscard]] std::uint64_t never_sent() const { return offer_.requests - sent_; }
  [[nodiscard]] Duration drawn() const { return drawn_; }  // work that was sent
  [[nodiscard]] TimePoint last() const { return last_; }   // when the last request was sent
  [[nodiscard]] std::exception_ptr error() const { return error_; }

 private:
  [[nodiscard]] bool gives_up(const Request& request, TimePoint start) const {
    return request.sent - request.intended > offer_.patience && request.sent - start > offer_.planned + offer_.patience;
  }

  void send(Request request) {
    request.attributes = {
        .remaining = request.service,
        .deadline = request.intended + std::chrono::duration_cast<Duration>(
                                           std::chrono::duration<double, std::nano>(request.service) * offer_.slack),
        .priority = static_cast<std::uint32_t>(
            std::bit_width(static_cast<std::uint64_t>(request.service / std::max(offer_.size_unit, Duration(1)))))};
    auto job = serve_request<E>(executor_, ledgers_, std::move(request));
    executor_.spawn(std::move(job), &placed_->attributes).detach();
  }

  // The kernel wakes a sleeper tens of microseconds late: the last stretch of real time is spent looking at the clock.
  TimePoint wait_until(TimePoint at) {
    constexpr Duration awake = real_time<E> ? std::chrono::microseconds(50) : Duration(0);
    TimePoint now = E::now();
    if (at - now > awake) {
      (void)parker_.park_until(at - awake);
      now = E::now();
    }
    for (; now < at; now = E::now()) E::relax();
    return now;
  }

  Executor<E>& executor_;
  std::vector<Ledger<E>>& ledgers_;
  Offer offer_;
  Request* placed_ = nullptr;
  typename E::parker parker_;
  std::uint64_t sent_ = 0;
  Duration drawn_{0};
  TimePoint last_{};
  std::exception_ptr error_;
};

}  // namespace rota::workloads
