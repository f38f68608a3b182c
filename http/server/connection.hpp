#pragma once
/// One HTTP/1.1 connection: requests in order, one at a time, answers in the same order. One deadline at any
/// moment.

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>
#include <string>

#include "http/server/endpoint.hpp"
#include "http/server/exchange.hpp"
#include "http/server/lane.hpp"

namespace chautari {

class connection final : public exchange_host,
                         public lane_guest,
                         public std::enable_shared_from_this<connection> {
public:
  /// A surplus connection exists to be told 503.
  connection(io_lane& home, tcp_socket socket, bool is_surplus);
  ~connection() override;
  void start();

  // ---- lane_guest
  void on_tick(monotonic now) override;
  void on_drain() override;
  void on_stop() override { close(); }
  [[nodiscard]] std::shared_ptr<void> hold() override { return shared_from_this(); }

  // ---- exchange_host
  void send(reply answer) override;
  desk& desk_of_lane() override { return home_.answers; }
  [[nodiscard]] std::size_t lane() const override { return home_.index; }
  [[nodiscard]] timestamp now() const override { return home_.setup.options.now(); }
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const override;
  [[nodiscard]] std::string header_lines(std::string_view name) const override;
  void handler_failed(std::string_view what) override;
  [[nodiscard]] std::shared_ptr<void> keep_alive() override { return shared_from_this(); }

private:
  using request_parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  enum class stage : std::uint8_t { idle, receiving, answering, lingering, closed };

  // Progress: parse, answer, write, until the socket or an actor must be waited for.
  void run();
  [[nodiscard]] bool parse_some();
  void on_header();
  void on_request();
  void refuse(failure why, bool must_close);
  void on_parse_error(const boost::system::error_code& why);
  /// The address it wants to upgrade at; null if it wants something else.
  [[nodiscard]] const websocket_path* wanted_socket() const;
  void upgrade(const websocket_path& at);

  // The socket.
  void wait_readable();
  void on_readable(const boost::system::error_code& why);
  /// True if everything has been written.
  [[nodiscard]] bool flush();
  void wait_writable();
  void finish_writing();
  void linger();
  void close();

  // The answer's bytes.
  struct payload {
    std::string_view bytes;
    bool is_gzip = false;
  };
  void choose_coding(reply& answer, payload& body) const;
  void write_head(const reply& answer, int status, const payload& body, bool keeps_open);
  void report(int status) const;
  [[nodiscard]] std::string_view route() const;

  io_lane& home_;
  tcp_socket socket_;
  std::string peer_;
  stage stage_ = stage::idle;
  bool is_surplus_;
  bool is_running_ = false;    ///< run() is on the stack.
  bool is_reading_ = false;    ///< A wait for readability is out.
  bool is_writing_ = false;    ///< A wait for writability is out.
  bool closes_after_ = false;  ///< The answer in out_ is the last one.
  bool is_head_judged_ = false;
  monotonic deadline_{0};
  monotonic write_deadline_{0};
  monotonic began_at_{0};

  boost::beast::flat_buffer in_;
  std::optional<request_parser> parser_;
  std::optional<failure> refusal_;  ///< Decided at the header, said after the body has been read past.
  exchange exchange_;
  load_gate::pass pass_;  ///< While a handler is at it.
  std::uint64_t serial_ = 0;

  std::string out_;           ///< Framed answers not yet written.
  std::string tail_;          ///< A large body that follows out_ ...
  rendered_ptr shared_tail_;  ///< ... or the owner of a shared one.
  std::string_view tail_view_;
  std::size_t written_ = 0;  ///< Of out_ and the tail together.
  std::size_t lingered_ = 0;
};

}  // namespace chautari
