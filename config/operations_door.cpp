#include "config/operations_door.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <thread>
#include <utility>

#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::uint32_t header_bytes_max = 8 * 1024;

operations_answer route(const operations_options& options, http::verb verb, std::string_view target) {
  const auto path = target.substr(0, target.find('?'));
  const bool is_known = path == "/metrics" || path == "/health/live" || path == "/health/ready";
  if (!is_known) return {404, "application/json", R"({"error":"not_found"})"};
  if (verb != http::verb::get && verb != http::verb::head) {
    return {405, "application/json", R"({"error":"method_not_allowed"})"};
  }
  if (path == "/metrics") return options.metrics();
  if (path == "/health/ready") return options.ready();
  return {200, "application/json", R"({"status":"live"})"};
}

}  // namespace

struct operations_door::server {
  explicit server(operations_options wanted) : options{std::move(wanted)}, acceptor{loop} {}

  operations_options options;
  std::size_t connections = 0;  // Outlives the loop, whose end ends the conversations.
  asio::io_context loop{1};
  tcp::acceptor acceptor;
  std::thread thread;

  void accept();
};

namespace {

/// One client, one request after another. `done` runs when it is gone.
class conversation : public std::enable_shared_from_this<conversation> {
public:
  conversation(tcp::socket socket, const operations_options& options, std::function<void()> done)
      : stream_{std::move(socket)}, options_{options}, done_{std::move(done)} {}
  ~conversation() { done_(); }
  conversation(const conversation&) = delete;
  conversation& operator=(const conversation&) = delete;

  void read() {
    parser_.emplace();
    parser_->header_limit(header_bytes_max);
    parser_->body_limit(0);
    stream_.expires_after(limits::operations_idle_max);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code why, std::size_t) {
                       if (!why) self->answer();
                     });
  }

private:
  void answer() {
    const auto& request = parser_->get();
    auto [status, type, body] =
        route(options_, request.method(), {request.target().data(), request.target().size()});
    response_ = {};
    response_.result(static_cast<unsigned>(status));
    response_.version(request.version());
    response_.keep_alive(request.keep_alive());
    response_.set(http::field::content_type, type);
    response_.set(http::field::cache_control, "no-store");
    if (status == 405) response_.set(http::field::allow, "GET, HEAD");
    if (status == 503) response_.set(http::field::retry_after, "1");
    const auto size = body.size();
    if (request.method() != http::verb::head) response_.body() = std::move(body);
    response_.content_length(size);
    stream_.expires_after(limits::operations_idle_max);
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code why, std::size_t) {
      if (!why && self->response_.keep_alive()) return self->read();
      self->stream_.socket().shutdown(tcp::socket::shutdown_both, why);
    });
  }

  beast::tcp_stream stream_;
  const operations_options& options_;
  std::function<void()> done_;
  beast::flat_buffer buffer_{2 * header_bytes_max};
  std::optional<http::request_parser<http::empty_body>> parser_;
  http::response<http::string_body> response_;
};

}  // namespace

void operations_door::server::accept() {
  acceptor.async_accept([this](beast::error_code why, tcp::socket socket) {
    if (why == asio::error::operation_aborted) return;
    if (!why && connections < limits::operations_connections_max) {
      ++connections;
      std::make_shared<conversation>(std::move(socket), options, [this] { --connections; })->read();
    }
    accept();
  });
}

operations_door::operations_door(operations_options options)
    : server_{std::make_unique<server>(std::move(options))} {
  CHECK(server_->options.metrics && server_->options.ready);
}

operations_door::~operations_door() {
  server_->loop.stop();
  if (server_->thread.joinable()) server_->thread.join();
}

bool operations_door::start(std::string& why) {
  beast::error_code failure;
  const auto address = asio::ip::make_address(server_->options.host, failure);
  const auto refused = [&](const char* what) {
    why = std::string{what} + " " + server_->options.host + ":" + std::to_string(server_->options.port) +
          ": " + failure.message();
    return false;
  };
  if (failure) return refused("not an address:");
  auto& acceptor = server_->acceptor;
  acceptor.open(tcp::endpoint{address, 0}.protocol(), failure);
  if (failure) return refused("cannot open");
  acceptor.set_option(tcp::acceptor::reuse_address{true}, failure);
  acceptor.bind({address, server_->options.port}, failure);
  if (failure) return refused("cannot bind");
  acceptor.listen(asio::socket_base::max_listen_connections, failure);
  if (failure) return refused("cannot listen on");
  server_->accept();
  server_->thread = std::thread{[server = server_.get()] { server->loop.run(); }};
  return true;
}

std::uint16_t operations_door::port() const {
  beast::error_code ignored;
  return server_->acceptor.local_endpoint(ignored).port();
}

}  // namespace chautari
