#include "bench/livemap/tokens.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>

#include "config/clock.hpp"
#include "protocols/operators/secrets.hpp"
#include "protocols/users/access_token.hpp"
#include "protocols/users/settings.hpp"

namespace livemap {
namespace {

namespace http = boost::beast::http;

boost::json::value post(std::uint16_t port, const std::string& target, const std::string& body,
                        const std::string& address) {
  boost::asio::io_context loop;
  boost::beast::tcp_stream stream{loop};
  stream.connect({boost::asio::ip::address_v4::loopback(), port});
  http::request<http::string_body> ask{http::verb::post, target, 11};
  ask.set(http::field::host, "127.0.0.1");
  ask.set(http::field::content_type, "application/json");
  ask.set("X-Forwarded-For", address);
  ask.body() = body;
  ask.prepare_payload();
  http::write(stream, ask);
  boost::beast::flat_buffer buffer;
  http::response<http::string_body> answer;
  http::read(stream, buffer, answer);
  if (answer.result_int() != 200) throw std::runtime_error{target + " said " + answer.body()};
  return boost::json::parse(answer.body());
}

}  // namespace

std::vector<std::string> sign_in_operators(const std::string& file, std::uint16_t port) {
  std::vector<std::string> tokens;
  std::ifstream lines{file};
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const auto who = boost::json::parse(line);
    const auto text = [&](const char* name) { return std::string{who.at(name).as_string()}; };
    const boost::json::object wish{
        {"email", text("email")},
        {"password", text("password")},
        {"totp", chautari::totp_at(text("totp_secret"), chautari::system_clock()())}};
    const auto address =
        "10.9." + std::to_string(tokens.size() / 250) + '.' + std::to_string(tokens.size() % 250);
    const auto answer = post(port, "/api/admin/login", boost::json::serialize(wish), address);
    tokens.emplace_back(answer.at("data").at("access").as_string());
  }
  return tokens;
}

std::string rider_token(const std::string& keys_dir) {
  std::string why;
  const auto keys = chautari::key_ring::load(keys_dir, why);
  if (!keys) throw std::runtime_error{why};
  const chautari::identity_settings settings;
  const chautari::id_source ids{chautari::system_clock(), chautari::system_random()};
  chautari::access_claims claims;
  claims.issuer = settings.issuer;
  claims.audience = settings.audience;
  claims.subject = ids.make<chautari::user_id>();
  claims.session = ids.make<chautari::session_id>();
  claims.id = ids.make<chautari::token_id>();
  claims.role = "user";
  claims.issued_at = claims.not_before = chautari::system_clock()();
  claims.expires_at = claims.issued_at + chautari::minutes{10};
  return keys->sign(claims);
}

}  // namespace livemap
