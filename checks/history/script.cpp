// Reading and drawing scripts.
#include "checks/history/script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

#include "checks/history/specifications.hpp"

namespace rota::checks::history {
namespace {

constexpr std::size_t most_threads = 4;  // with thread 0
constexpr std::size_t most_tasks = 24;
constexpr std::size_t most_calls = Recorder::most - most_tasks - most_objects - 1;  // the rest is for emptying

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    if (end > at || separator == '|') parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

int number(std::string_view text, std::string_view of, int least, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
    throw std::invalid_argument(fmt::format("'{}' in '{}' is not a number from {} to {}", text, of, least, most));
  return value;
}

Call call_named(std::string_view name, const Grammar& grammar) {
  std::string known;
  for (const auto* calls : {&grammar.owner, &grammar.anyone}) {
    for (const Call call : *calls) {
      if (to_string(call) == name) return call;
      known += fmt::format(" {}", to_string(call));
    }
  }
  throw std::invalid_argument(fmt::format("'{}' is not a call of this structure; expected one of{}", name, known));
}

bool has_tasks(Call call) { return call == Call::push || call == Call::try_send || call == Call::push_chain; }

class Reader {
 public:
  explicit Reader(const Grammar& grammar) : grammar_(grammar) {}

  Script read(std::string_view text) {
    const auto parts = split(text, '|');
    if (parts.size() > most_threads)
      throw std::invalid_argument(fmt::format("'{}' has more than {} threads", text, most_threads - 1));
    script_.threads.resize(parts.size());
    for (std::size_t thread = 0; thread < parts.size(); ++thread) {
      auto words = split(parts[thread], ' ');
      if (thread == 0) head(words, text);
      if (calls_ += words.size(); calls_ > most_calls)
        throw std::invalid_argument(fmt::format("'{}' has more than {} calls", text, most_calls));
      for (const std::string_view word : words) script_.threads[thread].push_back(call(word, thread));
    }
    return std::move(script_);
  }

 private:
  void head(std::vector<std::string_view>& words, std::string_view text) {
    script_.fences = !words.empty() && words[0] == "fences";
    if (script_.fences) words.erase(words.begin());
    if (words.empty()) throw std::invalid_argument(fmt::format("'{}' does not begin with a capacity", text));
    const auto parts = split(words[0], '@');
    script_.capacity = static_cast<std::size_t>(number(parts.empty() ? "" : parts[0], words[0], 1, 4));
    if (parts.size() > 1) script_.first = number(parts[1], words[0], -64, 64);
    words.erase(words.begin());
  }

  Operation call(std::string_view word, std::size_t thread) {
    const auto parts = split(word, ':');
    Operation operation{.call = call_named(parts.empty() ? "" : parts[0], grammar_),
                        .thread = static_cast<std::uint8_t>(thread)};
    if (parts.size() > 1) operation.object = object(parts[1], word);
    if (operation.call == Call::steal_half) operation.other = object(parts.size() > 2 ? parts[2] : "", word);
    const bool many = operation.call == Call::push_chain || operation.call == Call::pop_batch;
    const int count = many ? number(parts.size() > 2 ? parts[2] : "", word, 1, 4) : 1;
    if (operation.call == Call::pop_batch) operation.argument.push(count);
    for (int i = 0; has_tasks(operation.call) && i < count; ++i) operation.argument.push(next_task(word));
    check_owner(operation, word);
    return operation;
  }

  std::uint8_t object(std::string_view text, std::string_view word) {
    const int value = number(text, word, 0, static_cast<int>(most_objects) - 1);
    script_.objects = std::max(script_.objects, static_cast<std::size_t>(value) + 1);
    return static_cast<std::uint8_t>(value);
  }
  int next_task(std::string_view word) {
    if (++script_.tasks > most_tasks)
      throw std::invalid_argument(fmt::format("'{}' is more than {} tasks", word, most_tasks));
    return static_cast<int>(script_.tasks);
  }

  void check_owner(const Operation& operation, std::string_view word) const {
    if (!grammar_.owned || operation.thread == 0) return;
    const bool owners = std::ranges::find(grammar_.owner, operation.call) != grammar_.owner.end();
    const bool steals = operation.call == Call::steal_half;
    if ((owners && operation.object + 1 != operation.thread) || (steals && operation.other + 1 != operation.thread))
      throw std::invalid_argument(fmt::format("'{}' is for the owner of object {}, which thread {} is not", word,
                                              steals ? operation.other : operation.object, operation.thread));
    if (steals && operation.object == operation.other)
      throw std::invalid_argument(fmt::format("'{}' steals from itself", word));
  }

  const Grammar& grammar_;
  Script script_;
  std::size_t calls_ = 0;
};

std::string draw_call(Random& random, const Grammar& grammar, std::uint32_t thread, std::uint32_t threads) {
  const std::uint32_t owner = static_cast<std::uint32_t>(grammar.owner.size());
  const std::uint32_t all = owner + static_cast<std::uint32_t>(grammar.anyone.size());
  const std::uint32_t index = random.below(all);
  const Call call = index < owner ? grammar.owner[index] : grammar.anyone[index - owner];
  const std::uint32_t mine = grammar.owned ? thread - 1 : 0;
  std::uint32_t object = mine;
  if (grammar.owned && index >= owner) object = (mine + 1 + random.below(threads - 1)) % threads;
  std::string text = fmt::format(" {}:{}", to_string(call), object);
  if (call == Call::steal_half) text += fmt::format(":{}", mine);
  if (call == Call::push_chain || call == Call::pop_batch) text += fmt::format(":{}", 1 + random.below(2));
  return text;
}

}  // namespace

Script parse_script(std::string_view text, const Grammar& grammar) { return Reader(grammar).read(text); }

std::string draw_script(Random& random, const Grammar& grammar) {
  const std::uint32_t threads = 2 + random.below(2);
  const std::uint32_t capacity = random.below(2) == 0 ? 2 : 4;
  std::string text = fmt::format("{}@-{}", capacity, random.below(5));
  for (std::uint32_t i = random.below(capacity + 1); !grammar.owner.empty() && i > 0; --i)
    text += fmt::format(" {}:{}", to_string(grammar.owner[0]), grammar.owned ? random.below(threads) : 0);
  for (std::uint32_t thread = 1; thread <= threads; ++thread) {
    text += " |";
    for (std::uint32_t i = 1 + random.below(3); i > 0; --i) text += draw_call(random, grammar, thread, threads);
  }
  return text;
}

}  // namespace rota::checks::history
