#pragma once
/// From an actor's refusal to what the caller reads. Each feature has one `switch` for its own reasons; this
/// is where they meet.

#include <string>
#include <string_view>

#include "http/server/desk.hpp"
#include "http/server/exchange.hpp"
#include "protocols/actors.hpp"

namespace chautari {

/// HTTP status and the sentence in both languages.
struct refusal_text {
  int status;
  std::string_view english;
  std::string_view nepali;
  std::int64_t retry_after_seconds = 0;
};

// One switch a feature, in http/<feature>/refusals.cpp.
[[nodiscard]] refusal_text text_of(station_refusal why);
[[nodiscard]] refusal_text text_of(rental_refusal why);
[[nodiscard]] refusal_text text_of(account_refusal why);
[[nodiscard]] refusal_text text_of(payment_refusal why);
[[nodiscard]] refusal_text text_of(journal_refusal why);
[[nodiscard]] refusal_text text_of(reader_refusal why);

/// Answers with a sentence in the caller's language; `context` is a JSON object or empty.
void fail_with(exchange& in, const refusal_text& text, std::string code, std::string context = {});

/// Answers with the refusal an actor gave. One nobody knows is a 500 without its internal text.
void answer_refusal(exchange& in, const caf::error& why);

/// Answers with an outcome as it is stored: `data` is the JSON of the answer's `data` below 400, else of
/// {"code","context"}.
void answer_stored(exchange& in, int status, const std::string& data);

/// The same to a repeated Idempotency-Key, marked as a replay.
void answer_replay(exchange& in, int status, const std::string& data);

}  // namespace chautari
