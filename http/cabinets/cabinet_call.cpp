#include "http/cabinets/cabinet_call.hpp"

#include <algorithm>
#include <vector>

#include "http/operations/retry_after.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/cabinet_sign.hpp"
#include "protocols/kiosks/registry.hpp"

namespace chautari {
namespace {

constexpr std::string_view json_type = "application/json";

std::string envelope(int code, std::string_view data_json, std::string_view what, timestamp now) {
  std::string body = R"({"code":)" + std::to_string(code) + R"(,"type":0,"data":)";
  body.append(data_json).append(R"(,"msg":)");
  append_json_text(body, what);
  return body.append(R"(,"time":)").append(std::to_string(to_ms(now))).append("}");
}

struct refused_call {
  int status;
  std::string_view what;
};

refused_call refused(registry_refusal why) {
  switch (why) {
    case registry_refusal::unknown_cabinet:
      return {403, "This cabinet is not registered."};
    case registry_refusal::not_provisioned:
      return {403, "This cabinet may not connect now."};
    case registry_refusal::cabinet_rejected:
      return {403, "This cabinet was rejected."};
    case registry_refusal::call_too_often:
      return {429, "Too many calls."};
    case registry_refusal::call_not_read:
      return {500, "The call could not be read."};
    case registry_refusal::duplicate_call:
      return {500, "The same call is under way."};
    case registry_refusal::broker_unavailable:
      break;
  }
  return {500, "Not now. Call again."};
}

}  // namespace

void answer_cabinet(exchange& in, std::string_view data_json) {
  in.reply_raw(200, json_type, envelope(200, data_json, "OK", in.now()));
}

void fail_cabinet(exchange& in, int status, std::string_view what) {
  in.reply_raw(status, json_type, envelope(status, "null", what, in.now()));
}

void answer_cabinet_refusal(exchange& in, const caf::error& why) {
  const auto reason = reason_of<registry_refusal>(why).value_or(registry_refusal::broker_unavailable);
  const auto [status, what] = refused(reason);
  if (status == 429) in.put_header("Retry-After", std::to_string(retry_after_of(why, 60)));
  fail_cabinet(in, status, what);
}

std::string_view given(const exchange& in, std::string_view name) { return in.query(name).value_or(""); }

std::string plain_text(std::string_view text, std::size_t bytes_max) {
  std::string plain;
  for (const char c : text.substr(0, bytes_max)) {
    if (c >= ' ' && c <= '~') plain += c;
  }
  return plain;
}

std::optional<imei> caller_of(exchange& in, std::string_view name,
                              std::initializer_list<std::string_view> signed_names) {
  std::vector<signed_parameter> parameters;
  for (const auto one : signed_names) {
    const auto missing = one == "signal" ? "0" : "";
    parameters.push_back({one, in.query(one).value_or(missing)});
  }
  if (!sign_matches(parameters, given(in, "sign"))) return fail_cabinet(in, 401, "Wrong sign."), std::nullopt;
  auto cabinet = parse_imei(given(in, name));
  if (!cabinet) fail_cabinet(in, 500, "No such cabinet number.");
  return cabinet;
}

endpoint cabinet_row(http_method verb, std::string path, std::string summary,
                     std::function<void(exchange&)> handle) {
  return {.verb = verb,
          .path = std::move(path),
          .summary = std::move(summary),
          .handle = std::move(handle),
          .rates = {{.name = "cabinet-call", .burst = 1'000, .per = milliseconds{60'000}}},
          .work = work_kind::cabinets};
}

}  // namespace chautari
