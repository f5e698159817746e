// Channel: order, bounds, closing, and what becomes of a value whose sender or receiver is cancelled.
#include <memory>

#include "runtime/sync/channel.hpp"
#include "tests/support/bodies.hpp"

namespace rota::testing {
namespace {

using Value = std::unique_ptr<int>;
Value value(int v) { return std::make_unique<int>(v); }

template <class Body> class Channels : public WithBody<Body> {
 protected:
  auto receive() {
    return this->spawn([this] { return channel.receive(); }, [](std::optional<Value> got) { return got ? **got : -1; });
  }
  auto send(int v) {
    return this->spawn([this, v] { return channel.send(value(v)); }, [](bool sent) { return sent; });
  }
  int try_receive() {
    const auto got = channel.try_receive();
    return got ? **got : -1;
  }
  Channel<E, Value> channel{2};
};
TYPED_TEST_SUITE(Channels, BothBodies);

TYPED_TEST(Channels, GiveValuesInTheOrderOfTheirSends) {
  std::vector<JoinHandle<E, bool>> sends;
  for (int i = 0; i < 6; ++i) sends.push_back(this->send(i));
  this->settle();
  EXPECT_TRUE(sends[1].ended());
  EXPECT_FALSE(sends[2].ended()) << "two values may wait for a receiver";
  for (int i = 0; i < 6; ++i) EXPECT_EQ(this->receive().join_blocking(), i);
  for (auto& send : sends) EXPECT_TRUE(send.join_blocking());
}

TYPED_TEST(Channels, ServeWaitingReceiversInTurn) {
  std::vector<JoinHandle<E, int>> receives;
  for (int i = 0; i < 4; ++i) receives.push_back(this->receive());
  this->settle();
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(this->channel.try_send(value(i)));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(receives[static_cast<std::size_t>(i)].join_blocking(), i);
}

TYPED_TEST(Channels, RefuseWithoutWaitingWhenFullOrEmpty) {
  EXPECT_EQ(this->try_receive(), -1);
  EXPECT_TRUE(this->channel.try_send(value(1)));
  EXPECT_TRUE(this->channel.try_send(value(2)));
  EXPECT_FALSE(this->channel.try_send(value(3)));
  EXPECT_EQ(this->try_receive(), 1);
  EXPECT_EQ(this->try_receive(), 2);
}

TYPED_TEST(Channels, ThatCloseLetTheirValuesBeReceivedAndEndSends) {
  auto first = this->send(1);
  auto second = this->send(2);
  auto blocked = this->send(3);
  this->settle();
  this->channel.close();
  EXPECT_TRUE(first.join_blocking() && second.join_blocking());
  EXPECT_FALSE(blocked.join_blocking());
  EXPECT_FALSE(this->send(4).join_blocking());
  EXPECT_FALSE(this->channel.try_send(value(5)));
  EXPECT_EQ(this->receive().join_blocking(), 1);
  EXPECT_EQ(this->receive().join_blocking(), 2);
  EXPECT_EQ(this->receive().join_blocking(), -1);
}

TYPED_TEST(Channels, ThatCloseEndTheirReceivers) {
  auto first = this->receive();
  auto second = this->receive();
  this->settle();
  this->channel.close();
  EXPECT_EQ(first.join_blocking(), -1);
  EXPECT_EQ(second.join_blocking(), -1);
}

TYPED_TEST(Channels, ForgetACancelledSenderAndItsValue) {
  auto a = this->send(1);
  auto b = this->send(2);
  auto gone = this->send(3);
  auto next = this->send(4);
  this->settle();
  gone.cancel();
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  for (const int expected : {1, 2, 4, -1}) EXPECT_EQ(this->try_receive(), expected);
  next.join_blocking();
  a.join_blocking();
  b.join_blocking();
}

TYPED_TEST(Channels, KeepTheValueOfASenderCancelledAfterItWasAccepted) {
  auto a = this->send(1);
  auto b = this->send(2);
  auto gone = this->send(3);
  this->settle();
  HeldWorker held(this->runtime);
  EXPECT_EQ(this->try_receive(), 1);  // makes room: the third value is sent now
  gone.cancel();
  held.let_go();
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  EXPECT_EQ(this->try_receive(), 2);
  EXPECT_EQ(this->try_receive(), 3);
}

TYPED_TEST(Channels, PassOverAReceiverThatWasCancelled) {
  auto gone = this->receive();
  auto next = this->receive();
  this->settle();
  gone.cancel();
  EXPECT_TRUE(this->channel.try_send(value(7)));
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  EXPECT_EQ(next.join_blocking(), 7);
}

// A value that was handed to a receiver which then does not come goes back to the front.
TYPED_TEST(Channels, KeepTheValueOfAReceiverCancelledAfterItsWake) {
  auto gone = this->receive();
  this->settle();
  {
    HeldWorker held(this->runtime);
    EXPECT_TRUE(this->channel.try_send(value(1)));
    EXPECT_TRUE(this->channel.try_send(value(2)));
    gone.cancel();
  }
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  EXPECT_EQ(this->try_receive(), 1);
  EXPECT_EQ(this->try_receive(), 2);
}

TYPED_TEST(Channels, HandTheValueOfAReceiverCancelledAfterItsWakeToTheNext) {
  auto gone = this->receive();
  auto next = this->receive();
  this->settle();
  {
    HeldWorker held(this->runtime);
    EXPECT_TRUE(this->channel.try_send(value(1)));
    gone.cancel();
  }
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  this->channel.close();  // a receiver that got nothing would wait for ever
  EXPECT_EQ(next.join_blocking(), 1);
}

}  // namespace
}  // namespace rota::testing
