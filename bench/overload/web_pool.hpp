#pragma once
/// Keep-alive connections that carry requests as they come: a request waits for a free one, and what it waits
/// is part of its latency. Everything on one thread.

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/overload/figures.hpp"

namespace overload {

struct web_answer {
  int status = 0;  ///< 0: the connection broke.
  bool has_retry_after = false;
  std::string_view body;  ///< For the call.
};

struct web_wish {
  std::string text;  ///< The whole request.
  std::function<void(const web_answer&)> heard;
};

/// A request with a body if it has one; an empty token or key is not sent.
[[nodiscard]] std::string request_text(std::string_view verb, std::string_view path, std::string_view token,
                                       std::string_view body = {}, std::string_view key = {});

class web_pool {
public:
  web_pool(boost::asio::io_context& loop, std::uint16_t port, std::size_t connections);
  ~web_pool();
  web_pool(const web_pool&) = delete;
  web_pool& operator=(const web_pool&) = delete;

  void ask(web_wish wish);
  [[nodiscard]] std::size_t waiting() const { return queue_.size(); }

private:
  class line;
  friend class line;

  std::vector<std::unique_ptr<line>> lines_;
  std::vector<line*> free_;
  std::deque<web_wish> queue_;
};

}  // namespace overload
