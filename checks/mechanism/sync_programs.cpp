// Programs about what tasks wait for each other with: nothing is lost, whoever gives up (W1, W2, W5).
#include "checks/mechanism/programs.hpp"
#include "checks/mechanism/support.hpp"
#include "runtime/sync/channel.hpp"
#include "runtime/sync/latch.hpp"
#include "runtime/sync/semaphore.hpp"

namespace rota::checks::mechanism {

void a_set_meets_a_wait() {
  Player waiter;
  Event<E> event;
  Cell<int> message{0};
  E::thread setter = start("setter", [&] {
    message.write(1);
    event.set();
  });
  waiter.await(event.wait());
  require(message.read() == 1, "W5", "what was written before an event was set is not seen after the wait");
  setter.join();
}

void one_set_wakes_two() {
  Event<E> event;
  const auto wait = [&] {
    Player waiter;
    waiter.await(event.wait());
  };
  E::thread first = start("first waiter", wait);
  E::thread second = start("second waiter", wait);
  event.set();
  first.join();
  second.join();
}

void a_set_meets_a_withdrawn_wait() {
  Player waiter;
  Event<E> event;
  E::thread setter = start("setter", [&] { event.set(); });
  {
    auto wait = event.wait();
    saw(waiter.withdraw(wait) ? "withdrawn" : "set");
  }
  waiter.await(event.wait());  // the next suspension of the same task: the old waker must not end it
  require(event.is_set(), "W4", "a wait ended although nobody had set its event");
  setter.join();
}

// One of a crowd leaves while another is woken, and a third may come in between.
void a_set_meets_a_crowd_that_one_leaves() {
  Event<E> event;
  E::thread stays = start("stays", [&] {
    Player waiter;
    waiter.await(event.wait());
  });
  E::thread setter = start("setter", [&] { event.set(); });
  Player leaver;
  {
    auto wait = event.wait();
    saw(leaver.withdraw(wait) ? "withdrawn" : "set");
  }
  setter.join();
  stays.join();
  leaver.await(event.wait());
}

// The node of a wait that a set took is not looked for among those that wait after the reset.
void a_withdrawn_wait_meets_the_waits_after_a_reset() {
  Event<E> event;
  E::thread setter = start("setter", [&] {
    event.set();
    event.reset();
    Player later;
    auto wait = event.wait();
    saw(later.withdraw(wait) ? "withdrawn later" : "set later");
    require(!event.is_set(), "W4", "an event is set again although nobody did that");
  });
  Player waiter;
  auto wait = event.wait();
  saw(waiter.withdraw(wait) ? "withdrawn" : "set");
  setter.join();
}

void two_tasks_share_a_permit() {
  Semaphore<E> semaphore(1);
  Cell<int> inside{0};
  const auto visit = [&] {
    Player task;
    task.await(semaphore.acquire());
    ++inside.write();  // a race if both are inside
    semaphore.release();
  };
  E::thread other = start("other", visit);
  visit();
  other.join();
  require(inside.read() == 2 && semaphore.try_acquire() && !semaphore.try_acquire(), "W1",
          "a permit was lost, or there are two");
}

void a_release_meets_a_withdrawn_acquire() {
  Semaphore<E> semaphore(0);
  Player waiter;
  E::thread giver = start("giver", [&] { semaphore.release(); });
  {
    auto acquire = semaphore.acquire();
    saw(waiter.withdraw(acquire) ? "withdrawn" : "granted");
  }
  giver.join();
  require(semaphore.try_acquire() && !semaphore.try_acquire(), "W1",
          "a permit whose receiver gave up was lost, or there are two");
}

void a_send_meets_a_receive() {
  Channel<E, int> channel(1);
  Player receiver;
  Cell<int> message{0};
  E::thread sender = start("sender", [&] {
    message.write(1);
    Player task;
    require(task.await(channel.send(1)), "W1", "a channel refused a value although nobody closed it");
  });
  require(receiver.await(channel.receive()) == 1, "W1", "a value was lost in a channel");
  require(message.read() == 1, "W5", "what was written before a send is not seen after its receive");
  sender.join();
}

void a_send_meets_a_withdrawn_receive() {
  Channel<E, int> channel(1);
  Player receiver;
  E::thread sender = start("sender", [&] { require(channel.try_send(1), "W1", "an empty channel refused a value"); });
  {
    auto receive = channel.receive();
    saw(receiver.withdraw(receive) ? "withdrawn" : "received");
  }
  sender.join();
  require(channel.try_receive() == 1, "W1", "a value whose receiver gave up was lost");
  require(!channel.try_receive(), "W2", "a value is in a channel twice");
}

void a_full_channel_meets_a_receive() {
  Channel<E, int> channel(1);
  Player sender;
  (void)channel.try_send(1);
  E::thread receiver = start("receiver", [&] {
    Player task;
    require(task.await(channel.receive()) == 1, "W1", "the values of one sender changed places");
  });
  require(sender.await(channel.send(2)), "W1", "a channel refused a value although nobody closed it");
  receiver.join();
  require(channel.try_receive() == 2, "W1", "a value was lost in a channel");
}

void a_close_meets_a_receive() {
  Channel<E, int> channel(1);
  Player receiver;
  E::thread closer = start("closer", [&] {
    saw(channel.try_send(1) ? "sent" : "refused");
    channel.close();
  });
  require(receiver.await(channel.receive()) == 1, "W1", "a value sent before the close was lost");
  require(!receiver.await(channel.receive()), "W1", "a closed and empty channel gave a value");
  closer.join();
}

void a_latch_opens_for_both() {
  Latch<E> latch(2);
  Cell<int> first{0}, second{0};
  Player waiter;
  E::thread one = start("first counter", [&] {
    first.write(1);
    latch.count_down();
  });
  E::thread two = start("second counter", [&] {
    second.write(1);
    latch.count_down();
  });
  waiter.await(latch.wait());
  require(first.read() + second.read() == 2, "W5", "what was written before a latch opened is not seen after the wait");
  one.join();
  two.join();
}

}  // namespace rota::checks::mechanism
