// Reactor: where input, output and time-outs come from. It is completion-shaped: an Op is submitted with a Token, the
// reactor does the work, poll() reports the Token, and collect() gives the result.
//
//   submit ──► complete at once ───────────────────────────► collect     (nothing is reported)
//          └─► pending ──► complete ──► reported by poll() ─► collect
//                └──────────┴─────────────┴──► cancel                    (nothing is reported from then on)
//
// A timer has no result, so there is nothing to collect: it is over when submit says that it is complete, or when it is
// reported.
//
// Ids in docs/invariants.md: R1 each op completes or is cancelled exactly once, R2 interrupt ends the current or the
// next poll, R3 timers never early, never lost, equal deadlines in order of submission, R4 an earlier timer shortens a
// poll that is under way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "worlds/time.hpp"

namespace rota {

// Whom a completion concerns. Opaque to the reactor, which hands it back as it came; the runtime makes it of a waker.
struct Token {
  void* task = nullptr;
  std::uint64_t epoch = 0;
  friend bool operator==(const Token&, const Token&) = default;
};

// Names one submitted op until it is over: collected, cancelled, or a timer that is reported. Afterwards it is stale,
// and stays so although the slot is used again. A default ticket is stale from the start.
struct Ticket {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
  friend bool operator==(Ticket, Ticket) = default;
};

// One operation. Its result is 0 or more, or a negative errno:
//   timer     none; complete once now >= deadline
//   receive   bytes read into buffer, at most size; 0 at the end of the stream
//   send      bytes written of buffer, at least one unless size is 0, possibly fewer than size; never raises SIGPIPE
//   accept    the accepted descriptor, non-blocking and close-on-exec, not attached; the caller owns it
//   connect   0 when fd is connected to the socket address in buffer (size bytes of it)
//   readable  0 when a read would not block
//   writable  0 when a write would not block
// All but timer need an attached fd and otherwise complete with -EBADF at once. At most one of receive, accept and
// readable, and one of send, connect and writable, may be pending on a descriptor; a second completes with -EBUSY at
// once. The buffer belongs to the reactor until the op is collected, cancelled or reported.
struct Op {
  enum class Kind : std::uint8_t { timer, receive, send, accept, connect, readable, writable } kind = Kind::timer;
  int fd = -1;
  void* buffer = nullptr;
  std::size_t size = 0;
  TimePoint deadline = never;  // only for timer; one at `never` ends by cancel alone

  [[nodiscard]] static Op timer(TimePoint deadline) { return {.kind = Kind::timer, .deadline = deadline}; }
  [[nodiscard]] static Op receive(int fd, std::span<std::byte> into) {
    return {.kind = Kind::receive, .fd = fd, .buffer = into.data(), .size = into.size()};
  }
  [[nodiscard]] static Op send(int fd, std::span<const std::byte> from) {
    return {.kind = Kind::send, .fd = fd, .buffer = const_cast<std::byte*>(from.data()), .size = from.size()};
  }
  [[nodiscard]] static Op accept(int fd) { return {.kind = Kind::accept, .fd = fd}; }
  [[nodiscard]] static Op connect(int fd, std::span<const std::byte> address) {
    return {.kind = Kind::connect, .fd = fd, .buffer = const_cast<std::byte*>(address.data()), .size = address.size()};
  }
  [[nodiscard]] static Op readable(int fd) { return {.kind = Kind::readable, .fd = fd}; }
  [[nodiscard]] static Op writable(int fd) { return {.kind = Kind::writable, .fd = fd}; }
};

struct Submitted {
  Ticket ticket;
  bool complete;  // collect(ticket) gives the result now, unless of a timer, and no completion will be reported
};

struct Completion {
  enum class Source : std::uint8_t { timer, io };
  Token token;
  Ticket ticket;
  Source source = Source::timer;
};

// As poll's `until`: do not wait. Any past time does, this one without reading the clock for it.
inline constexpr TimePoint only_look = TimePoint::min();

// Threads: poll by one thread at a time, which the caller ensures; everything else by any thread at any time. The one
// exception is a descriptor's end: no op may be submitted for it while or after it is detached.
class Reactor {
 public:
  Reactor() = default;
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;
  virtual ~Reactor() = default;

  // Starts an op. Tries it at once; what succeeds or fails at once is complete. Otherwise the token may be reported
  // by a concurrent poll even before submit returns. A timer that was due when poll last looked at the
  // clock is complete; one that is late since may be left to the next poll.
  [[nodiscard]] virtual Submitted submit(const Op& op, Token token) = 0;

  // True if the op was pending, or complete and not collected: from then on its buffer is not touched, its result is
  // gone (an accepted descriptor is closed), and no completion with this ticket is reported. A token that poll gave
  // out before may still be under way to its waker. False if the ticket is stale.
  virtual bool cancel(Ticket ticket) = 0;

  // The result of a complete op, whether or not it has been reported; frees the ticket. Empty if the op is still
  // pending, if it is a timer, or if the ticket is stale.
  [[nodiscard]] virtual std::optional<std::int64_t> collect(Ticket ticket) = 0;

  // Waits until something is complete, `until` has passed, or an interrupt; then reports at most out.size() (at least
  // one) completions. Further ones stay, and the next poll returns them without waiting.
  [[nodiscard]] virtual std::size_t poll(std::span<Completion> out, TimePoint until) = 0;

  // Ends the current poll, or else the next one. Several before a poll count as one.
  virtual void interrupt() noexcept = 0;

  // True while nothing is pending and nothing waits to be reported: a poll could only wait for an interrupt. One load.
  [[nodiscard]] virtual bool idle() const noexcept = 0;

  // Makes ops on a descriptor possible and makes it non-blocking. Once for each; std::system_error if the kernel
  // refuses (a regular file, for instance).
  virtual void attach(int fd) = 0;
  // Before the descriptor is closed: its pending ops complete with -ECANCELED and are reported. No effect if not
  // attached.
  virtual void detach(int fd) noexcept = 0;

  // What this reactor has to do without on this system, as a sentence for the manifest; empty if nothing.
  [[nodiscard]] virtual std::string note() const = 0;
};

}  // namespace rota
