#include "bench/city/cabinet_phone.hpp"

#include <array>
#include <chrono>

namespace city {
namespace {

using namespace std::chrono_literals;
using chautari::signed_parameter;

constexpr int tries_max = 4;
constexpr const char* signal_text = "CSQ:21";

/// "a=1&b=2&sign=..."; nothing of what cabinets send needs escaping but the colon of the signal.
template <std::size_t Count>
std::string signed_query(const std::array<signed_parameter, Count>& parameters) {
  std::string query;
  for (const auto& [key, value] : parameters) {
    query.append(key).append("=");
    for (const char c : value)
      query += c == ':' ? std::string{"%3A"} : std::string{c};
    query += '&';
  }
  return query + "sign=" + chautari::cabinet_sign(parameters);
}

std::vector<std::string> split(std::string_view csv) {
  std::vector<std::string> fields;
  for (std::size_t begin = 0; begin <= csv.size();) {
    const auto comma = std::min(csv.find(',', begin), csv.size());
    fields.emplace_back(csv.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return fields;
}

}  // namespace

cabinet_phone::cabinet_phone(world& around, const cabinet_body& body, std::uint64_t number)
    : around_(around),
      address_("10.250." + std::to_string(number / 250) + "." + std::to_string(number % 250 + 1)),
      modem_(body.modem.text()),
      sim_("8997" + modem_),
      line_(around.loop, around.setup, address_) {}

task<web_answer> cabinet_phone::send(web_request call) {
  if (is_calling_) {
    web_client second{around_.loop, around_.setup, address_};
    auto answer = co_await second.send(call);
    co_return answer;
  }
  is_calling_ = true;
  auto answer = co_await line_.send(call);
  is_calling_ = false;
  co_return answer;
}

task<std::optional<cabinet_phone::login>> cabinet_phone::connect() {
  const std::array<signed_parameter, 4> parameters{
      {{"uuid", modem_}, {"deviceId", "0"}, {"simUUID", sim_}, {"simMobile", ""}}};
  const auto call = web_request::post("/api/rentbox/client/connect?" + signed_query(parameters),
                                      "hardware=V6086&software=4");
  const auto answer = co_await send(call);
  std::optional<login> mine;
  if (answer.status == 200 && answer.data().is_string()) {
    const auto fields = split(answer.data().get_string());
    if (fields.size() == 7) {
      mine = login{fields[0], fields[4], fields[5]};
    } else {
      around_.counted.violated("the connect of " + modem_ + " was answered with " +
                               std::to_string(fields.size()) + " fields");
    }
  }
  co_return mine;
}

task<void> cabinet_phone::upload(std::vector<std::uint8_t> frame) {
  const std::array<signed_parameter, 2> parameters{{{"rentboxSN", modem_}, {"signal", signal_text}}};
  const auto call = web_request::post("/api/rentbox/client/upload?" + signed_query(parameters),
                                      std::string{frame.begin(), frame.end()});
  const bool is_told = co_await tell(call);
  around_.counted.uploads += is_told ? 1U : 0U;
}

task<void> cabinet_phone::claim(chautari::bank_sn bank, int slot, int charge) {
  const auto serial = bank.text();
  const auto hole = std::to_string(slot);
  const std::array<signed_parameter, 3> parameters{
      {{"rentboxSN", modem_}, {"singleSN", serial}, {"hole", hole}}};
  const auto call = web_request::get("/api/rentbox/order/return?" + signed_query(parameters) +
                                     "&power=" + std::to_string(charge));
  const bool is_told = co_await tell(call);
  around_.counted.claims += is_told ? 1U : 0U;
}

task<bool> cabinet_phone::tell(web_request call) {
  for (int attempt = 0; attempt < tries_max; ++attempt) {
    const auto answer = co_await send(call);
    if (answer.status == 200) co_return true;
    if (answer.status != 0 && answer.status < 500) co_return false;
    co_await rest(2s);
  }
  co_return false;
}

}  // namespace city
