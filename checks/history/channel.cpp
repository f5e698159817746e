// The channel between tasks, as far as it needs no task: try_send, try_receive and close.
#include "runtime/sync/channel.hpp"
#include "checks/history/drivers.hpp"
#include "checks/history/queues.hpp"
#include "runtime/runtime.hpp"
#include "worlds/explored/world.hpp"

namespace rota::checks::history {
namespace {

using E = env::Explored;

class ChannelDriver {
 public:
  static constexpr Call emptying = Call::try_receive;

  explicit ChannelDriver(const Script& script) : channel_(script.capacity) {}

  Values call(const Operation& operation) {
    switch (operation.call) {
      case Call::try_send:
        return truth(channel_.try_send(operation.argument[0]));
      case Call::try_receive: {
        const auto value = channel_.try_receive();
        return value ? Values{*value} : Values{};
      }
      case Call::close:
        channel_.close();
        return {};
      default:
        contract_failure("usage", "the structure has no such call");
    }
  }

 private:
  Channel<E, int> channel_;
};

}  // namespace

Structure channel_structure() {
  return {.name = "channel",
          .grammar = {.owner = {Call::try_send}, .anyone = {Call::try_receive, Call::close}},
          .programs = {"1 | try_send:0 | try_receive:0", "2 try_send:0 | try_send:0 try_send:0 | try_receive:0",
                       "2 try_send:0 | try_send:0 | close:0 | try_receive:0"},
          .run = &perform<E, ChannelDriver>,
          .judge = &judge_channel};
}

}  // namespace rota::checks::history
