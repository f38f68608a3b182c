#include "bench/city/history.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>

#include "bench/city/json_view.hpp"
#include "config/clock.hpp"

namespace city {
namespace {

/// Of one request: refusals of a moment (401, 429, 503) leave open what an earlier attempt did.
std::string_view outcome_of(const web_answer& answer) {
  if (answer.is_good()) return "acknowledged";
  return answer.is_unknown() ? "unknown" : "refused";
}

boost::json::object facts_of(const web_request& request) {
  return {{"key", request.idempotency_key}, {"path", request.path}};
}

}  // namespace

history::history(const std::string& path) {
  if (path.empty()) return;
  file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file_ < 0) throw std::runtime_error{path + ": " + std::strerror(errno)};
}

history::~history() {
  if (is_kept()) ::close(file_);
}

void history::sent(std::string_view who, const web_request& request) {
  if (!is_kept()) return;
  auto facts = facts_of(request);
  facts["body"] = request.body;
  note("sent", who, std::move(facts));
}

void history::answered(std::string_view who, const web_request& request, const web_answer& answer) {
  if (!is_kept()) return;
  auto facts = facts_of(request);
  facts["status"] = answer.status;
  facts["outcome"] = outcome_of(answer);
  if (answer.was_replayed) facts["replayed"] = true;
  if (answer.is_good()) {
    facts["data"] = answer.data();
  } else if (!answer.code().empty()) {
    facts["code"] = answer.code();
    if (const auto* context = part_of(answer.body.at("error"), "context")) facts["context"] = *context;
  }
  note("answered", who, std::move(facts));
}

/// One write a line, straight to the kernel: a kill of the city loses nothing.
void history::note(std::string_view what, std::string_view who, boost::json::object facts) {
  if (!is_kept()) return;
  const auto now = chautari::system_clock()().time_since_epoch();
  boost::json::object line{{"at", now.count()}, {"what", what}, {"who", who}};
  for (auto& [key, value] : facts)
    line[key] = std::move(value);
  const auto text = boost::json::serialize(line) + "\n";
  if (::write(file_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    throw std::runtime_error{std::string{"the history: "} + std::strerror(errno)};
}

}  // namespace city
