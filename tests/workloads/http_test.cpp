// The workload `http`: its messages by themselves, and that a server which answers wrongly is noticed.
#include "workloads/http.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/workloads/measuring.hpp"
#include "workloads/echo.hpp"

namespace rota::workloads::testing {
namespace {

using E = env::Real;
using host::Answer;

std::string request(std::string_view target) {
  std::string text;
  host::append_request(text, target);
  return text;
}

std::string answer(std::string_view target, std::uint32_t size) {
  std::string text;
  EXPECT_EQ(host::serve_requests(request(target), size, text).requests, 1U);
  return text;
}

RC_GTEST_PROP(Http, AnswersEachWholeRequestAndKeepsTheRest, ()) {
  const auto whole = *rc::gen::inRange<std::size_t>(0, 4);
  const std::string next = request("/next");
  const auto more = *rc::gen::inRange<std::size_t>(0, next.size());
  std::string received;
  std::string expected;
  for (std::size_t i = 0; i < whole; ++i) {
    const std::string target = "/" + std::to_string(i);
    received += request(target);
    expected += answer(target, 40);
  }
  const std::size_t bytes = received.size();
  std::string answers;
  const host::Served served = host::serve_requests(received + next.substr(0, more), 40, answers);
  RC_ASSERT(served.requests == whole);
  RC_ASSERT(served.bytes == bytes);
  RC_ASSERT(!served.last);
  RC_ASSERT(answers == expected);
}

RC_GTEST_PROP(Http, KnowsARightAnswerOnceItIsWhole, ()) {
  const auto size = *rc::gen::inRange<std::uint32_t>(1, 3000);
  const std::string whole = answer("/12/345", size);
  RC_ASSERT(host::read_answer(whole, "/12/345", size) == Answer::right);
  const auto length = *rc::gen::inRange<std::size_t>(0, whole.size());
  RC_ASSERT(host::read_answer(whole.substr(0, length), "/12/345", size) == Answer::partial);
}

TEST(Http, RefusesAnAnswerThatIsNotTheOneAskedFor) {
  const std::string right = answer("/1/2", 100);
  EXPECT_EQ(host::read_answer(right, "/1/2", 100), Answer::right);
  EXPECT_EQ(host::read_answer(right, "/1/3", 100), Answer::wrong);
  EXPECT_EQ(host::read_answer(right, "/1/2", 101), Answer::wrong);
  EXPECT_EQ(host::read_answer(right + "H", "/1/2", 100), Answer::wrong);
  EXPECT_EQ(host::read_answer("SSH-2.0\r\n", "/1/2", 100), Answer::wrong);
  std::string other = right;
  other.back() = '!';
  EXPECT_EQ(host::read_answer(other, "/1/2", 100), Answer::wrong);
  other = right;
  other.replace(other.find("200"), 3, "404");
  EXPECT_EQ(host::read_answer(other, "/1/2", 100), Answer::wrong);
}

TEST(Http, EndsTheConnectionAfterWhatItCannotAnswerAndWhenItIsAskedTo) {
  for (const char* text : {"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                           "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"}) {
    std::string answers;
    const host::Served served = host::serve_requests(text, 10, answers);
    EXPECT_TRUE(served.last) << text;
    EXPECT_EQ(served.requests, 0U) << text;
    EXPECT_TRUE(answers.starts_with("HTTP/1.1 400 ")) << answers;
  }
  std::string answers;
  const std::string closing = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n";
  const host::Served served = host::serve_requests(closing + request("/not-answered"), 10, answers);
  EXPECT_TRUE(served.last);
  EXPECT_EQ(served.requests, 1U);
  EXPECT_EQ(host::read_answer(answers, "/", 10), Answer::right);
}

Conversation converse_with(auto serve, auto make_client) {
  const auto executor = starter(real_policy("work-stealing"), 2)();
  std::vector<std::int64_t> latencies(12);
  return executor->block_on(converse<E>(*executor, 3, latencies, serve, make_client));
}

Job<E, std::uint64_t> http_of_64(Stream<E> client) { return serve_http<E>(std::move(client), 64); }

auto asks_for(std::uint32_t size) {
  return [size](std::uint64_t id) { return HttpClient<E>(id, size); };
}

TEST(Http, CountsNoAnswerThatIsWrong) {
  const auto echo = [](Stream<E> client) { return serve_echo<E>(std::move(client), 64); };
  const Conversation right = converse_with(http_of_64, asks_for(64));
  EXPECT_EQ(right.answered, 12U);
  EXPECT_EQ(right.served, 12U);
  EXPECT_EQ(converse_with(http_of_64, asks_for(65)).answered, 0U);
  EXPECT_EQ(converse_with(echo, asks_for(64)).answered, 0U);
}

TEST(Http, TakesAnswersThatComeInPieces) {
  const Result result =
      measure_with(workload("http"), real_policy("fifo"), 2, {{"connections", 4}, {"requests", 5}, {"size", 1 << 20}});
  EXPECT_EQ(got(result, "answers"), "20");
  EXPECT_EQ(got(result, "requests"), "20");
}

// Sends one request and a part of the next, and the rest later.
Job<E, bool> ask_in_pieces(Stream<E>& server) {
  const std::string both = request("/first") + request("/second");
  const auto bytes = std::as_bytes(std::span(both));
  std::array<std::byte, 4096> buffer{};
  std::size_t filled = 0;
  for (const auto& part : {bytes.first(both.size() - 20), bytes.last(20)}) {
    co_await server.write_all(part);
    const std::size_t got = co_await server.read(std::span(buffer).subspan(filled));
    if (got == 0) co_return false;
    filled += got;
  }
  co_return text_of(std::span(buffer).first(filled)) == answer("/first", 64) + answer("/second", 64);
}

TEST(Http, TakesRequestsThatComeInPiecesAndTogether) {
  const Conversation all = converse_with(
      http_of_64, [](std::uint64_t) { return [](Stream<E>& server, std::uint64_t) { return ask_in_pieces(server); }; });
  EXPECT_EQ(all.answered, 12U);
  EXPECT_EQ(all.served, 24U);
}

}  // namespace
}  // namespace rota::workloads::testing
