#include "bench/city/spool.hpp"

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace city {
namespace {
constexpr std::chrono::milliseconds look_every{50};
}

spool::spool(boost::asio::io_context& loop, std::string folder) : folder_(std::move(folder)), timer_(loop) {}

task<std::string> spool::code_for(std::string recipient, std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  ++waiting_;
  if (waiting_ == 1) schedule();
  std::string code;
  while (code.empty() && std::chrono::steady_clock::now() < until) {
    co_await rest(look_every);
    if (const auto found = codes_.find(recipient); found != codes_.end()) code = found->second;
  }
  --waiting_;
  co_return code;
}

void spool::schedule() {
  timer_.expires_after(look_every);
  timer_.async_wait([this](const boost::system::error_code& stopped) {
    if (stopped) return;
    look();
    if (waiting_ > 0) schedule();
  });
}

void spool::look() {
  std::error_code failed;
  for (const auto& file : std::filesystem::directory_iterator{folder_, failed}) {
    const auto name = file.path().filename().string();
    if (!name.ends_with(".json") || !seen_.insert(name).second) continue;
    std::ifstream in{file.path()};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    boost::system::error_code malformed;
    const auto message = boost::json::parse(text, malformed);
    const auto* fields = malformed ? nullptr : message.if_object();
    const auto* to = fields != nullptr ? fields->if_contains("to") : nullptr;
    const auto* variables = fields != nullptr ? fields->if_contains("variables") : nullptr;
    if (to == nullptr || !to->is_string() || variables == nullptr || !variables->is_object()) continue;
    const auto* code = variables->get_object().if_contains("otp");
    if (code != nullptr && code->is_string())
      codes_[std::string{to->get_string()}] = std::string{code->get_string()};
  }
}

}  // namespace city
