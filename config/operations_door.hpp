#pragma once
/// The operators' own small HTTP door: another port, another thread, nothing of the riders' door. It answers
/// while everything else is at its limit, which is when it is needed.
///   GET /metrics        Prometheus text
///   GET /health/live    200 as long as this thread runs
///   GET /health/ready   200, or 503 with the checks that fail

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace chautari {

struct operations_answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
};

struct operations_options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 9464;  ///< Zero lets the system choose.
  std::function<operations_answer()> metrics;
  std::function<operations_answer()> ready;
};

class operations_door {
public:
  explicit operations_door(operations_options options);
  /// Closes every connection and joins.
  ~operations_door();
  operations_door(const operations_door&) = delete;
  operations_door& operator=(const operations_door&) = delete;

  /// False with a sentence in `why` if the port cannot be had.
  [[nodiscard]] bool start(std::string& why);
  [[nodiscard]] std::uint16_t port() const;

private:
  struct server;
  std::unique_ptr<server> server_;
};

}  // namespace chautari
