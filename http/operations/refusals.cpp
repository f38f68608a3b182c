#include "http/operations/refusals.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>

#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

template <class Enum>
bool answer_if(exchange& in, const caf::error& why) {
  const auto reason = reason_of<Enum>(why);
  if (!reason) return false;
  const auto text = text_of(*reason);
  if constexpr (std::is_same_v<Enum, journal_refusal> || std::is_same_v<Enum, reader_refusal>) {
    // Which part of us is down is nobody's business outside.
    fail_with(in, text,
              text.status == 503   ? "service_unavailable"
              : text.status == 404 ? "not_found"
                                   : "internal_error");
  } else {
    fail_with(in, text, to_string(*reason), context_of(why));
  }
  return true;
}

/// The sentence of a stored code, in the language of whoever asks now. Empty: the server's own catalogue.
std::string_view sentence_of(std::string_view code, language speaks) {
  const auto reason = parse_rental_refusal(code);
  if (!reason) return {};
  const auto text = text_of(*reason);
  return speaks == language::ne ? text.nepali : text.english;
}

/// What is to be paid, and how, is no mere circumstance: clients read it from `data`.
void show_beside(failure& out) {
  if (out.code == to_string(rental_refusal::payment_required)) out.data_json = std::move(out.context_json);
}

}  // namespace

void fail_with(exchange& in, const refusal_text& text, std::string code, std::string context) {
  failure out{.status = text.status,
              .code = std::move(code),
              .message = std::string{in.speaks() == language::ne ? text.nepali : text.english},
              .context_json = std::move(context)};
  show_beside(out);
  if (text.retry_after_seconds > 0) out.retry_after = seconds{text.retry_after_seconds};
  in.fail(std::move(out));
}

refusal_text text_of(journal_refusal why) {
  switch (why) {
    case journal_refusal::unavailable:
      return {503, "Nothing was stored or charged. Please try again in a moment.",
              "केही पनि राखिएन र रकम काटिएन। कृपया केही बेरमा फेरि प्रयास गर्नुहोस्।", 5};
    case journal_refusal::overloaded:
      return {503, "Very many people are renting right now. Please try again in a moment.",
              "अहिले धेरै जना प्रयोग गर्दै छन्। कृपया केही बेरमा फेरि प्रयास गर्नुहोस्।", 1};
    case journal_refusal::conflict:
      return {500, "Something went wrong on our side. Nothing was charged.",
              "हाम्रो तर्फबाट त्रुटि भयो। रकम काटिएन।"};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

refusal_text text_of(reader_refusal why) {
  switch (why) {
    case reader_refusal::not_found:
      return {404, "There is no such thing.", "यस्तो केही भेटिएन।"};
    case reader_refusal::overloaded:
      return {503, "Very many people are asking right now. Please try again in a moment.",
              "अहिले धेरै जना प्रयोग गर्दै छन्। कृपया केही बेरमा फेरि प्रयास गर्नुहोस्।", 1};
    case reader_refusal::unavailable:
      return {503, "We cannot look this up right now. Please try again in a moment.",
              "अहिले यो हेर्न सकिएन। कृपया केही बेरमा फेरि प्रयास गर्नुहोस्।", 5};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

void answer_refusal(exchange& in, const caf::error& why) {
  if (answer_if<rental_refusal>(in, why) || answer_if<station_refusal>(in, why) ||
      answer_if<account_refusal>(in, why) || answer_if<payment_refusal>(in, why) ||
      answer_if<journal_refusal>(in, why) || answer_if<reader_refusal>(in, why)) {
    return;
  }
  // The actor that was asked went away: what it was doing is stored or not, and asking again will tell.
  in.fail(500, "internal_error");
}

void answer_replay(exchange& in, int status, const std::string& data) {
  in.put_header("Idempotency-Replayed", "true");
  answer_stored(in, status, data);
}

void answer_stored(exchange& in, int status, const std::string& data) {
  if (status < 400) return in.answer(status, data);
  boost::system::error_code malformed;
  const auto error = boost::json::parse(data, malformed);
  const auto* fields = malformed ? nullptr : error.if_object();
  const auto* stored = fields != nullptr ? fields->if_contains("code") : nullptr;
  const auto* context = fields != nullptr ? fields->if_contains("context") : nullptr;
  const std::string code =
      stored != nullptr && stored->is_string() ? std::string{stored->get_string()} : "internal_error";
  failure out{.status = status, .code = code, .message = std::string{sentence_of(code, in.speaks())}};
  if (context != nullptr && context->is_object()) out.context_json = boost::json::serialize(*context);
  show_beside(out);
  in.fail(std::move(out));
}

}  // namespace chautari
