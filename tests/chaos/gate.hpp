#pragma once
/// One process between the services: it listens in front of each pair and passes bytes on, until it is told
/// to misbehave as networks do.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace chaos {

/// Up: from whoever connected to the service. Down: back.
enum class direction : std::uint8_t { up, down };

/// What a gate does to bytes at this moment.
struct weather {
  std::chrono::milliseconds delay{0};  ///< Each read waits so long before it is passed on.
  std::uint64_t bytes_per_second = 0;  ///< 0: as fast as it goes.
  bool swallows_up = false;            ///< Bytes and the end of them vanish; nobody is told.
  bool swallows_down = false;
};

class passage;

/// One pair: a listening port and the service behind it.
class gate {
public:
  gate(boost::asio::io_context& loop, std::string name, std::uint16_t listens_at, std::uint16_t leads_to);

  /// Starts to listen. Throws boost::system::system_error if the port is taken.
  void open();

  /// One order: cut, refuse, delay MS, throttle BYTES_PER_SECOND, half_open up|down, forget, heal, show.
  /// Answers what was done, beginning with "ok", or "error" and why.
  std::string obey(std::string_view order);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const weather& now() const { return weather_; }
  void forget(const std::shared_ptr<passage>& gone) { passages_.erase(gone); }

private:
  boost::asio::awaitable<void> accept();
  /// Resets connections: all of them, or those that lost bytes. How many there were.
  std::size_t reset(bool only_broken);
  std::string report(std::string_view did) const;

  boost::asio::io_context& loop_;
  std::string name_;
  boost::asio::ip::tcp::endpoint listens_at_;
  boost::asio::ip::tcp::endpoint leads_to_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::set<std::shared_ptr<passage>> passages_;
  weather weather_;
  std::uint64_t accepted_ = 0;
};

}  // namespace chaos
