// Candidate executions of a litmus program and the axioms that judge them.
#include "checks/litmus/axiomatic.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "checks/litmus/interleavings.hpp"
#include "checks/litmus/relation.hpp"

namespace rota::checks::litmus {
namespace {

struct Event {
  Operation op;
  int thread = -1;         // -1: the initial store of a location
  std::size_t source = 0;  // of a read: the event it reads from
  std::uint64_t got = 0;   // of a read
  std::uint64_t left = 0;  // of a write
  bool writes = false;
  enum class Value : std::uint8_t { unknown, being_found, known } value = Value::unknown;
};

class Candidates {
 public:
  Candidates(const Program& program, Model model) : program_(program), model_(model) { make_events(); }

  Outcomes outcomes() {
    choose_sources(0);
    return std::move(found_);
  }

 private:
  void make_events();
  void choose_sources(std::size_t at);
  void give_values();
  bool find_value(Event& event);
  void choose_orders(std::uint8_t location);
  void judge();
  [[nodiscard]] bool consistent() const;
  [[nodiscard]] Relation program_order() const;
  [[nodiscard]] Relation reads_from() const;
  [[nodiscard]] Relation modification_order() const;
  [[nodiscard]] Relation synchronises(const Relation& sb, const Relation& rf) const;
  template <class Predicate> [[nodiscard]] EventSet all(Predicate predicate) const;

  const Program& program_;
  Model model_;
  std::vector<Event> events_;
  std::array<std::vector<std::size_t>, max_locations> orders_;  // mo of each location
  Outcomes found_;
};

bool may_write(const Event& event) { return event.op.kind != Kind::load && event.op.kind != Kind::fence; }
bool is_read(const Event& event) { return event.thread >= 0 && reads(event.op.kind); }
bool is_update(const Event& event) { return is_read(event) && event.writes; }
bool is_fence(const Event& event) { return event.op.kind == Kind::fence; }
bool is_acquire_read(const Event& event) { return is_read(event) && acquires(event.op.order); }
bool is_release_write(const Event& event) { return event.writes && releases(event.op.order); }

void Candidates::make_events() {
  for (std::uint8_t location = 0; location < max_locations; ++location) {
    events_.push_back(Event{.op = {.kind = Kind::store, .location = location}});
  }
  for (std::size_t thread = 0; thread < program_.threads.size(); ++thread) {
    for (const Operation& op : program_.threads[thread]) {
      events_.push_back(Event{.op = op, .thread = static_cast<int>(thread)});
    }
  }
  if (events_.size() > max_events) throw std::invalid_argument("litmus program: too many operations");
}

// rf: each read takes each write of its location in turn.
void Candidates::choose_sources(std::size_t at) {
  while (at < events_.size() && !is_read(events_[at])) ++at;
  if (at == events_.size()) return give_values();
  for (std::size_t source = 0; source < events_.size(); ++source) {
    if (source == at || !may_write(events_[source])) continue;
    if (events_[source].op.location != events_[at].op.location) continue;
    events_[at].source = source;
    choose_sources(at + 1);
  }
}

// Values follow from rf; a choice is dropped in which a value would depend on itself or comes from a compare_exchange
// that fails.
void Candidates::give_values() {
  for (Event& event : events_) event.value = Event::Value::unknown;
  for (Event& event : events_) {
    if (!find_value(event)) return;
  }
  for (auto& order : orders_) order.clear();
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (events_[i].writes) orders_[events_[i].op.location].push_back(i);
  }
  choose_orders(0);
}

bool Candidates::find_value(Event& event) {
  if (event.value != Event::Value::unknown) return event.value == Event::Value::known;
  event.value = Event::Value::being_found;
  if (is_read(event)) {
    Event& source = events_[event.source];
    if (!find_value(source) || !source.writes) return false;
    event.got = source.left;
  }
  event.writes = may_write(event) && (event.op.kind != Kind::compare_exchange || event.got == event.op.expected);
  event.left = event.op.kind == Kind::fetch_add ? event.got + event.op.value : event.op.value;
  event.value = Event::Value::known;
  return true;
}

// mo: the initial store, which has the lowest index, and then each permutation of the others.
void Candidates::choose_orders(std::uint8_t location) {
  if (location == max_locations) return judge();
  auto& order = orders_[location];
  do choose_orders(static_cast<std::uint8_t>(location + 1));
  while (std::next_permutation(order.begin() + 1, order.end()));
}

void Candidates::judge() {
  if (!consistent()) return;
  std::array<std::uint64_t, max_registers> registers{};
  std::array<std::uint64_t, max_locations> memory{};
  for (const Event& event : events_) {
    if (event.op.target >= 0) registers[static_cast<std::size_t>(event.op.target)] = event.got;
  }
  for (std::size_t i = 0; i < max_locations; ++i) memory[i] = events_[orders_[i].back()].left;
  found_.insert(outcome(program_, registers.data(), memory.data()));
}

bool Candidates::consistent() const {
  const Relation sb = program_order();
  const Relation rf = reads_from();
  const Relation mo = modification_order();
  const Relation rb = rf.inverse().then(mo).but_same();
  const Relation eco = (rf | mo | rb).closure();
  const Relation hb = (sb | synchronises(sb, rf)).closure();
  const EventSet fences = all(is_fence);

  const Relation psc = (hb | hb.then(eco).then(hb)).between(fences, fences);
  const bool coherent = hb.then(eco.or_same()).irreflexive();
  const bool atomic = eco.irreflexive();
  const bool no_thin_air = model_ == Model::buffering || (sb | rf).acyclic();
  const bool in_steps = model_ != Model::stepwise || (sb | rf | psc).acyclic();
  return coherent && atomic && psc.acyclic() && no_thin_air && in_steps;
}

Relation Candidates::program_order() const {
  Relation sb;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    for (std::size_t j = i + 1; j < events_.size(); ++j) {
      const bool initial = events_[i].thread < 0 && events_[j].thread >= 0;
      if (initial || events_[i].thread == events_[j].thread) sb.add(i, j);
    }
  }
  return sb;
}

Relation Candidates::reads_from() const {
  Relation rf;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (is_read(events_[i])) rf.add(events_[i].source, i);
  }
  return rf;
}

Relation Candidates::modification_order() const {
  Relation mo;
  for (const auto& order : orders_) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (std::size_t j = i + 1; j < order.size(); ++j) mo.add(order[i], order[j]);
    }
  }
  return mo;
}

Relation Candidates::synchronises(const Relation& sb, const Relation& rf) const {
  const EventSet writes = all([](const Event& event) { return event.writes; });
  const EventSet read = all(is_read);
  const EventSet fences = all(is_fence);
  const EventSet everything = ~EventSet{0};
  const Relation sequence = rf.between(everything, all(is_update)).closure().or_same();
  const Relation head = Relation::same(all(is_release_write)) | sb.between(fences, writes);
  const Relation tail = Relation::same(all(is_acquire_read)) | sb.between(read, fences);
  return head.then(sequence).then(rf).then(tail);
}

template <class Predicate> EventSet Candidates::all(Predicate predicate) const {
  EventSet set = 0;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (predicate(events_[i])) set |= EventSet{1} << i;
  }
  return set;
}

}  // namespace

Outcomes allowed(const Program& program, Model model) {
  if (model == Model::sc) return interleave(program);
  return Candidates(program, model).outcomes();
}

}  // namespace rota::checks::litmus
