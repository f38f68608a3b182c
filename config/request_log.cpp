#include "config/request_log.hpp"

#include <string>
#include <utility>

#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

request_log::request_log(log_sink log, bool says_all, std::shared_ptr<server_probe> next)
    : log_{std::move(log)}, says_all_{says_all}, next_{std::move(next)} {
  CHECK(next_ != nullptr);
}

void request_log::request_finished(const finished_request& request) {
  next_->request_finished(request);
  if (!request.shed_as.empty()) return;  // Thousands a second: the beginning and the end are told instead.
  const auto took_ms = static_cast<std::int64_t>(request.took_s * 1000);
  const auto say = [&](log_level level, const char* id, const char* sentence) {
    log_event(log_, level, id, sentence,
              {{"route", std::string{request.route}},
               {"method", std::string{request.method}},
               {"status", std::to_string(request.status)},
               {"ms", std::to_string(took_ms)},
               {"request_id", std::string{request.request_id}}});
  };
  if (request.status >= 500) {
    const auto level = request.status == 500 ? log_level::error : log_level::warning;
    return say(level, "request-failed", "A request could not be served.");
  }
  if (took_ms > limits::slow_answer.count()) {
    return say(log_level::warning, "request-slow", "An answer took long.");
  }
  if (says_all_) say(log_level::debug, "request-finished", "A request was answered.");
}

void request_log::overload_changed(const lane_sample& sample, bool is_overloaded) {
  next_->overload_changed(sample, is_overloaded);
  const auto in_ms = [](double wait_s) { return std::to_string(static_cast<std::int64_t>(wait_s * 1000)); };
  log_event(log_, is_overloaded ? log_level::warning : log_level::info,
            is_overloaded ? "overload-began" : "overload-over",
            is_overloaded ? "More is asked than can be done: reads or new rentals are refused."
                          : "Everybody is let in again.",
            {{"lane", std::to_string(sample.lane)},
             {"actors_wait_ms", in_ms(sample.actors_wait_s)},
             {"storage_wait_ms", in_ms(sample.storage_wait_s)}});
}

void request_log::handler_failed(std::string_view route, std::string_view what, std::string_view request_id) {
  next_->handler_failed(route, what, request_id);
  log_event(log_, log_level::error, "handler-failed", "A handler failed.",
            {{"what", std::string{what.substr(0, limits::failure_text_bytes_max)}},
             {"route", std::string{route}},
             {"request_id", std::string{request_id}}});
}

}  // namespace chautari
