#pragma once
/// A rider's phone: one HTTP connection, or one WebSocket, to a door on this machine. Whatever does not come
/// within ten seconds is an exception, so that a broken door fails its test instead of hanging it.

#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chautari::testing {

struct http_answer {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< Names in lower case; repeated ones joined by ", ".
  std::string body;

  /// Empty if it is not there. `name` in lower case.
  [[nodiscard]] std::string header(const std::string& name) const;
  [[nodiscard]] boost::json::value json() const;
  /// `error.code`, empty for a success.
  [[nodiscard]] std::string code() const;
  /// The value at a JSON pointer into the body, "/data/results/0/id"; null if nothing is there.
  [[nodiscard]] boost::json::value at(std::string_view pointer) const;
  /// "field:code" of every problem of a validation error, in order.
  [[nodiscard]] std::vector<std::string> problems() const;
};

class rider_client {
public:
  using header_list = std::vector<std::pair<std::string, std::string>>;

  /// With a token every request carries it.
  explicit rider_client(std::uint16_t port, std::string token = {});
  ~rider_client();
  rider_client(const rider_client&) = delete;
  rider_client& operator=(const rider_client&) = delete;

  http_answer ask(std::string_view verb, std::string_view target, std::string_view body = {},
                  const header_list& headers = {});
  http_answer get(std::string_view target, const header_list& headers = {}) {
    return ask("GET", target, {}, headers);
  }
  /// A JSON body, if any.
  http_answer post(std::string_view target, std::string_view body = {}, const header_list& headers = {}) {
    return ask("POST", target, body, headers);
  }

private:
  struct parts;
  std::unique_ptr<parts> parts_;
  std::string token_;
};

class rider_socket {
public:
  /// Connected and welcomed.
  rider_socket(std::uint16_t port, std::string_view token, std::string_view path = "/ws");
  ~rider_socket();
  rider_socket(const rider_socket&) = delete;
  rider_socket& operator=(const rider_socket&) = delete;

  void say(std::string_view frame);
  /// The next frame the door sends.
  boost::json::value next();
  /// Reads until the door closes; the code of its close frame.
  int close_code();
  /// Subscribes to one topic and returns the answer to it, not yet the snapshot.
  boost::json::value subscribe(std::string_view topic);

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace chautari::testing
