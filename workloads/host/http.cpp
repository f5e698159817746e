// Requests and answers, parsed by Boost.Beast's parser: header-only, no copies, no fields kept.
#include "workloads/host/http.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <iterator>
#include <limits>

namespace rota::workloads::host {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using ErrorCode = beast::error_code;
using Length = std::uint64_t;

// What this workload wants to know of a message. Everything that it names lies in the bytes that were parsed.
template <bool is_request> class Message : public http::basic_parser<is_request> {
 public:
  Message() {
    this->eager(true);
    this->body_limit(std::numeric_limits<Length>::max());
  }

  // How many bytes of `text` are this message, if it is whole. `wrong` says that it never will be.
  std::size_t parse(std::string_view text) {
    ErrorCode error;
    const std::size_t used = this->put(boost::asio::const_buffer(text.data(), text.size()), error);
    wrong = error && error != http::error::need_more;
    return used;
  }

  bool wrong = false;
  http::verb method = http::verb::unknown;
  std::string_view target, body;
  int status = 0;

 private:
  using Text = beast::string_view;

  void on_request_impl(http::verb verb, Text, Text path, int, ErrorCode&) override {
    method = verb;
    target = {path.data(), path.size()};
  }
  void on_response_impl(int code, Text, int, ErrorCode&) override { status = code; }
  void on_field_impl(http::field, Text, Text, ErrorCode&) override {}
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<Length>&, ErrorCode&) override {}
  std::size_t on_body_impl(Text part, ErrorCode&) override {  // all parts of one buffer follow one another
    body = {body.empty() ? part.data() : body.data(), body.size() + part.size()};
    return part.size();
  }
  void on_chunk_header_impl(Length, Text, ErrorCode& error) override { error = http::error::bad_transfer_encoding; }
  std::size_t on_chunk_body_impl(Length, Text, ErrorCode&) override { return 0; }
  void on_finish_impl(ErrorCode&) override {}
};

constexpr char filler = '.';

void append_answer(std::string& out, std::string_view target, std::uint32_t size) {
  fmt::format_to(std::back_inserter(out),
                 "HTTP/1.1 200 OK\r\nServer: rota\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", size);
  const std::string_view beginning = target.substr(0, size);
  out += beginning;
  out.append(size - beginning.size(), filler);
}

bool answers(std::string_view body, std::string_view target, std::uint32_t size) {
  const std::string_view beginning = target.substr(0, size);
  return body.size() == size && body.starts_with(beginning) &&
         std::all_of(body.begin() + static_cast<std::ptrdiff_t>(beginning.size()), body.end(),
                     [](char byte) { return byte == filler; });
}

}  // namespace

void append_request(std::string& out, std::string_view target) {
  fmt::format_to(std::back_inserter(out),
                 "GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: rota\r\nAccept: */*\r\n\r\n", target);
}

Served serve_requests(std::string_view received, std::uint32_t size, std::string& out) {
  Served served;
  while (!served.last && served.bytes < received.size()) {
    Message<true> request;
    const std::size_t used = request.parse(received.substr(served.bytes));
    if (request.wrong || (request.is_done() && request.method != http::verb::get)) {
      out += "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      served.last = true;
    } else if (request.is_done()) {
      append_answer(out, request.target, size);
      served.bytes += used;
      ++served.requests;
      served.last = !request.keep_alive();
    } else {
      break;
    }
  }
  return served;
}

Answer read_answer(std::string_view received, std::string_view target, std::uint32_t size) {
  Message<false> answer;
  const std::size_t used = answer.parse(received);
  if (answer.wrong) return Answer::wrong;
  if (!answer.is_done()) return Answer::partial;
  return used == received.size() && answer.status == 200 && answers(answer.body, target, size) ? Answer::right
                                                                                               : Answer::wrong;
}

}  // namespace rota::workloads::host
