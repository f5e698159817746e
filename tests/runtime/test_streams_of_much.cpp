// Streams that carry much, and many of them: written in parts, under any policy, from both bodies.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <vector>

#include "runtime/net/listener.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

// Much more than the kernel keeps for a connection, so that a write takes a part of it and then has to wait.
constexpr std::size_t much = std::size_t{4} << 20;

std::vector<std::byte> pattern() {
  std::vector<std::byte> result(much);
  for (std::size_t i = 0; i < much; ++i) result[i] = static_cast<std::byte>(i * 2654435761U >> 13);
  return result;
}

struct Received {
  std::vector<std::byte> bytes;
  std::size_t reads = 0;
};

Job<E, Received> read_to_the_end(const Stream<E>& stream) {
  Received all;
  std::vector<std::byte> buffer(100'003);
  while (const std::size_t got = co_await stream.read(buffer)) {
    all.bytes.insert(all.bytes.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(got));
    ++all.reads;
  }
  co_return all;
}
Job<E> write_and_end(const Stream<E>& stream, std::span<const std::byte> bytes) {
  co_await stream.write_all(bytes);
  stream.end_writing();
}

template <template <Env> class Policy> void carry_much(bool fiber) {
  auto runtime = rt<Policy>(2);
  auto [left, right] = socket_pair();
  const Stream<E> writer(runtime, std::move(left)), reader(runtime, std::move(right));
  const std::vector<std::byte> sent = pattern();
  auto reading = runtime.spawn(read_to_the_end(reader));
  auto writing = fiber ? runtime.spawn_fiber([&](FiberContext<E>& context) {
    writer.write_all(context, sent);
    writer.end_writing();
  })
                       : runtime.spawn(write_and_end(writer, sent));
  writing.join_blocking();
  const Received got = reading.join_blocking();
  EXPECT_TRUE(got.bytes == sent);
  EXPECT_GT(got.reads, 20U);
}

TEST(StreamsOfMuch, ArriveWholeAndInOrderUnderAnyPolicyAndFromBothBodies) {
  for (const bool fiber : {false, true}) {
    carry_much<OneQueue>(fiber);
    carry_much<ManyQueues>(fiber);
  }
}

TEST(StreamsOfMuch, AreWrittenInParts) {
  auto runtime = rt(1);
  auto [left, right] = socket_pair();
  const Stream<E> writer(runtime, std::move(left)), reader(runtime, std::move(right));
  const std::vector<std::byte> all = pattern();
  const std::size_t part =
      runtime.block_on([](const Stream<E>& stream, std::span<const std::byte> bytes) -> Job<E, std::size_t> {
        co_return co_await stream.write(bytes);
      }(writer, all));
  EXPECT_GT(part, 0U);
  EXPECT_LT(part, much);
  auto writing = runtime.spawn(write_and_end(writer, std::span(all).subspan(part)));
  run_nothing(runtime);
  EXPECT_FALSE(writing.ended()) << "there is no room";
  writing.cancel();
  EXPECT_THROW(writing.join_blocking(), TaskCancelled);
  writer.end_writing();
  const Received got = runtime.block_on(read_to_the_end(reader));
  EXPECT_TRUE(std::equal(got.bytes.begin(), got.bytes.end(), all.begin())) << "what was written stays written";
  EXPECT_GE(got.bytes.size(), part);
}

// Many connections at once, with servers of both kinds, on workers that steal: for the sanitizers too.
Job<E, int> ask(Executor<E>& executor, const SocketAddress& server, int rounds_of_each) {
  const Stream<E> stream = co_await Stream<E>::connect(executor, server);
  int right = 0;
  for (int i = 0; i < rounds_of_each; ++i) {
    int got = -1;
    co_await stream.write_all(std::as_bytes(std::span(&i, 1)));
    for (auto rest = std::as_writable_bytes(std::span(&got, 1)); !rest.empty();) {
      const std::size_t count = co_await stream.read(rest);
      if (count == 0) co_return right;
      rest = rest.subspan(count);
    }
    right += got == i ? 1 : 0;
  }
  co_return right;
}
Job<E> echo(Stream<E> client) {
  std::array<std::byte, 64> buffer;
  while (const std::size_t got = co_await client.read(buffer)) co_await client.write_all(std::span(buffer).first(got));
}
void echo_on_a_fiber(FiberContext<E>& fiber, const Stream<E>& client) {
  std::array<std::byte, 64> buffer;
  while (const std::size_t got = fiber.await(client.read(buffer)))
    client.write_all(fiber, std::span(buffer).first(got));
}
Job<E> serve(Executor<E>& executor, const Listener<E>& listener, int connections) {
  for (int i = 0; i < connections; ++i) {
    Stream<E> client = co_await listener.accept();
    if (i % 2 == 0) {
      executor.spawn_detached(echo(std::move(client)));
    } else {
      executor
          .spawn_fiber([client = std::move(client)](FiberContext<E>& fiber) mutable { echo_on_a_fiber(fiber, client); })
          .detach();
    }
  }
}

template <template <Env> class Policy> void echo_many(const RuntimeConfig& config) {
  constexpr int connections = 8;
  auto runtime = rt<Policy>(2, config);
  const Listener<E> listener(runtime, loopback(0));
  auto serving = runtime.spawn(serve(runtime, listener, connections));
  std::vector<JoinHandle<E, int>> clients;
  for (int i = 0; i < connections; ++i) clients.push_back(runtime.spawn(ask(runtime, listener.address(), rounds(300))));
  for (auto& client : clients) EXPECT_EQ(client.join_blocking(), rounds(300));
  serving.join_blocking();
}

TEST(ManyStreams, LoseNothingUnderAnyPolicyWhoeverDrivesTheReactor) {
  for (const Driver driver : {Driver::worker, Driver::thread}) {
    echo_many<OneQueue>({.driver = driver});
    echo_many<ManyQueues>({.driver = driver});
  }
}

std::ptrdiff_t descriptors_in_use() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

TEST(ManyStreams, EndWithTheirRuntimeWhileTasksWaitOnThem) {
  const auto before = descriptors_in_use();
  {
    auto runtime = rt(2);
    const Listener<E> listener(runtime, loopback(0));
    auto serving = runtime.spawn(serve(runtime, listener, 2));
    const Socket first = start_connect(listener.address()), second = start_connect(listener.address());
    serving.join_blocking();
    runtime.shutdown();  // two servers wait to read
  }
  EXPECT_EQ(descriptors_in_use(), before);
}

}  // namespace
}  // namespace rota::testing
