#pragma once
/// The riders' mailbox: the folder in which the server spools its messages. Codes are handed to whoever waits
/// for them.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "bench/city/web_client.hpp"

namespace city {

class spool {
public:
  spool(boost::asio::io_context& loop, std::string folder);

  /// The newest code sent to this recipient since `expect`; empty if none came in time.
  task<std::string> code_for(std::string recipient, std::chrono::milliseconds patience);
  /// Forgets codes of earlier requests.
  void expect(const std::string& recipient) { codes_.erase(recipient); }

private:
  void look();
  void schedule();

  std::string folder_;
  boost::asio::steady_timer timer_;
  std::unordered_map<std::string, std::string> codes_;
  std::unordered_set<std::string> seen_;
  int waiting_ = 0;
};

}  // namespace city
