/// usage: chaos_gate CONTROL_PORT NAME=LISTENS_AT:LEADS_TO...
/// Orders come as lines at the control port, "NAME ORDER" or "all ORDER", and each is answered with a line;
/// both also go to the standard output.

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <exception>
#include <sstream>
#include <string>
#include <vector>

#include "tests/chaos/gate.hpp"

namespace chaos {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using gates = std::vector<std::unique_ptr<gate>>;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

std::string obey(const gates& all, const std::string& line) {
  const auto space = std::min(line.find(' '), line.size());
  const auto name = line.substr(0, space);
  const auto order = line.substr(std::min(space + 1, line.size()));
  std::string answer;
  for (const auto& one : all) {
    if (name != "all" && name != one->name()) continue;
    if (!answer.empty()) answer += " | ";
    try {
      answer += one->obey(order);
    } catch (const boost::system::system_error& failed) {
      answer += "error " + one->name() + ": " + failed.what();
    }
  }
  return answer.empty() ? "error there is no gate " + name : answer;
}

asio::awaitable<void> converse(tcp::socket socket, const gates& all) {
  std::string text;
  while (true) {
    const auto [ended, size] =
        co_await asio::async_read_until(socket, asio::dynamic_buffer(text, 4'096), '\n', quietly);
    if (ended) co_return;
    const auto order = text.substr(0, size - 1);
    text.erase(0, size);
    const auto answer = obey(all, order);
    std::printf("%s -> %s\n", order.c_str(), answer.c_str());
    std::fflush(stdout);
    const std::string line = answer + "\n";
    const auto [unsent, sent] = co_await asio::async_write(socket, asio::buffer(line), quietly);
    if (unsent) co_return;
  }
}

asio::awaitable<void> listen(asio::io_context& loop, tcp::acceptor& control, const gates& all) {
  while (true) {
    tcp::socket caller{loop};
    const auto [stopped] = co_await control.async_accept(caller, quietly);
    if (stopped) co_return;
    asio::co_spawn(loop, converse(std::move(caller), all), asio::detached);
  }
}

/// "database=17000:5432"
std::unique_ptr<gate> read_gate(asio::io_context& loop, const std::string& text) {
  const auto equals = text.find('=');
  const auto colon = text.find(':');
  if (equals == std::string::npos || colon == std::string::npos || colon < equals)
    throw std::invalid_argument{"expected NAME=LISTENS_AT:LEADS_TO, not " + text};
  const auto listens_at = std::stoi(text.substr(equals + 1, colon - equals - 1));
  const auto leads_to = std::stoi(text.substr(colon + 1));
  return std::make_unique<gate>(loop, text.substr(0, equals), static_cast<std::uint16_t>(listens_at),
                                static_cast<std::uint16_t>(leads_to));
}

int run(const std::vector<std::string>& arguments) {
  asio::io_context loop{1};
  gates all;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    all.push_back(read_gate(loop, arguments[i]));
    all.back()->open();
  }
  const auto port = static_cast<std::uint16_t>(std::stoi(arguments.at(0)));
  tcp::acceptor control{loop, {asio::ip::address_v4::loopback(), port}, true};
  asio::co_spawn(loop, listen(loop, control, all), asio::detached);
  asio::signal_set signals{loop, SIGINT, SIGTERM};
  signals.async_wait([&](const boost::system::error_code&, int) { loop.stop(); });
  loop.run();
  return 0;
}

}  // namespace
}  // namespace chaos

int main(int argc, char** argv) {
  try {
    return chaos::run({argv + 1, argv + argc});
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "chaos_gate: %s\n", failed.what());
    return 2;
  }
}
