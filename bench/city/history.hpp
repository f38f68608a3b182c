#pragma once
/// What the riders did, asked and were told, as they saw it: one JSON line each. tests/chaos proves from it
/// that nobody was told what is not so.

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "bench/city/web_client.hpp"
#include "protocols/base/ids.hpp"

namespace city {

class history {
public:
  /// Empty: nothing is kept. Throws std::runtime_error if the file cannot be written.
  explicit history(const std::string& path);
  ~history();
  history(const history&) = delete;
  history& operator=(const history&) = delete;

  [[nodiscard]] bool is_kept() const { return file_ >= 0; }

  /// Before a request with an Idempotency-Key is sent, and when its answer (or the lack of one) is there.
  void sent(std::string_view who, const web_request& request);
  void answered(std::string_view who, const web_request& request, const web_answer& answer);
  /// `what`: "took" (a bank came out), "pushed" (a bank went in), "settled" (the end of a rental was seen),
  /// "empty_handed" (told that he has a bank, and none came out), "wallet" (what he has at the end), "lived"
  /// (the last line of a city that was not killed).
  void note(std::string_view what, std::string_view who, boost::json::object facts);

private:
  int file_ = -1;
};

}  // namespace city
