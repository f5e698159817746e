// OpTable: slots, generations, and the queue of ready records.
#include "reactor/op_table.hpp"

#include <unistd.h>

namespace rota {
namespace {

void close_accepted(const OpTable::Record& record) noexcept {
  const bool complete = record.state == OpTable::State::ready || record.state == OpTable::State::reported;
  if (complete && record.op.kind == Op::Kind::accept && record.result >= 0) close(static_cast<int>(record.result));
}

Completion completion_of(const OpTable::Record& record, std::uint32_t slot) noexcept {
  const bool timer = record.op.kind == Op::Kind::timer;
  return {.token = record.token,
          .ticket = {slot, record.generation},
          .source = timer ? Completion::Source::timer : Completion::Source::io};
}

}  // namespace

OpTable::~OpTable() {
  for (const auto& records : chunks_)
    for (std::uint32_t i = 0; i < chunk; ++i) close_accepted(records[i]);
}

Ticket OpTable::add_pending(const Op& op, Token token) {
  const std::uint32_t slot = claim(op, token);
  Record& record = at(slot);
  record.state = State::pending;
  count(1);
  return {slot, record.generation};
}

Ticket OpTable::add_complete(const Op& op, Token token, std::int64_t result) {
  const std::uint32_t slot = claim(op, token);
  Record& record = at(slot);
  record.state = State::reported;
  record.result = result;
  return {slot, record.generation};
}

OpTable::Record* OpTable::find(Ticket ticket) noexcept {
  if (ticket.slot >= chunks_.size() * chunk) return nullptr;
  Record& record = at(ticket.slot);
  return record.state != State::free && record.generation == ticket.generation ? &record : nullptr;
}

void OpTable::complete(std::uint32_t slot, std::int64_t result) noexcept {
  Record& record = at(slot);
  record.result = result;
  record.state = State::ready;
  record.previous = last_ready_;
  record.next = none;
  (last_ready_ == none ? first_ready_ : at(last_ready_).next) = slot;
  last_ready_ = slot;
}

std::int64_t OpTable::take(std::uint32_t slot) noexcept {
  const std::int64_t result = at(slot).result;
  release(slot);
  return result;
}

void OpTable::discard(std::uint32_t slot) noexcept {
  close_accepted(at(slot));
  release(slot);
}

std::size_t OpTable::harvest(std::span<Completion> out) noexcept {
  std::size_t taken = 0;
  for (; taken < out.size() && first_ready_ != none; ++taken) {
    const std::uint32_t slot = first_ready_;
    Record& record = at(slot);
    unlink_ready(record);
    record.state = State::reported;
    out[taken] = completion_of(record, slot);
    if (record.op.kind == Op::Kind::timer) release(slot);
  }
  count(-static_cast<std::int32_t>(taken));
  return taken;
}

Completion OpTable::report_timer(std::uint32_t slot) noexcept {
  const Completion completion = completion_of(at(slot), slot);
  release(slot);
  return completion;
}

std::uint32_t OpTable::claim(const Op& op, Token token) {
  if (first_free_ == none) {
    const auto base = static_cast<std::uint32_t>(chunks_.size() * chunk);
    chunks_.push_back(std::make_unique<Record[]>(chunk));
    for (std::uint32_t i = chunk; i-- > 0; first_free_ = base + i) at(base + i).next = first_free_;
  }
  const std::uint32_t slot = first_free_;
  Record& record = at(slot);
  first_free_ = record.next;
  record.op = op;
  record.token = token;
  record.result = 0;
  return slot;
}

void OpTable::release(std::uint32_t slot) noexcept {
  Record& record = at(slot);
  if (record.state == State::ready) unlink_ready(record);
  if (record.state != State::reported) count(-1);
  record.state = State::free;
  if (++record.generation == 0) record.generation = 1;
  record.next = first_free_;
  first_free_ = slot;
}

void OpTable::unlink_ready(Record& record) noexcept {
  (record.previous == none ? first_ready_ : at(record.previous).next) = record.next;
  (record.next == none ? last_ready_ : at(record.next).previous) = record.previous;
}

// Only ever under the caller's lock, so a load and a store do: no locked instruction.
void OpTable::count(std::int32_t change) noexcept {
  unreported_.store(unreported_.load(Order::relaxed) + static_cast<std::uint32_t>(change), Order::release);
}

}  // namespace rota
