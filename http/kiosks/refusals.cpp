#include "http/operations/refusals.hpp"
#include "http/kiosks/kiosks_door.hpp"
#include "http/operations/retry_after.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

refusal_text text_of(command_refusal why) {
  switch (why) {
    case command_refusal::command_busy:
      return {409, "The cabinet is busy with another command.", "क्याबिनेट अर्को आदेशमा व्यस्त छ।", 10};
    case command_refusal::ejection_in_flight:
      return {409, "A power bank is on its way out. Try again in a moment.",
              "पावर बैंक निस्किँदै छ। केही बेरमा फेरि प्रयास गर्नुहोस्।", 30};
    case command_refusal::station_offline:
      return {503, "The cabinet is offline. Nothing was sent.", "क्याबिनेट अफलाइन छ। केही पठाइएन।", 60};
    case command_refusal::rate_limit_exceeded:
      return {429, "Too many commands for this station.", "यस स्टेसनका लागि धेरै आदेश भए।", 60};
    case command_refusal::reason_required:
      return {400, "Say why.", "कारण दिनुहोस्।"};
    case command_refusal::slot_not_found:
      return {404, "The station has no such slot.", "स्टेसनमा यस्तो स्लट छैन।"};
    case command_refusal::powerbank_not_found:
      return {404, "This power bank is not in the cabinet.", "यो पावर बैंक क्याबिनेटमा छैन।"};
    case command_refusal::powerbank_unavailable:
      return {409, "A rider has a claim on this power bank.", "यो पावर बैंक प्रयोगकर्ताका लागि राखिएको छ।"};
    case command_refusal::idempotency_key_reused:
      return {409, "This Idempotency-Key was used with another request.",
              "यो Idempotency-Key अर्को अनुरोधमा प्रयोग भइसकेको छ।"};
    case command_refusal::invalid_command:
      return {400, "No cabinet takes this.", "क्याबिनेटले यो लिँदैन।"};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

}  // namespace

void answer_command_refusal(exchange& in, const caf::error& why) {
  const auto reason = reason_of<command_refusal>(why);
  if (!reason) return answer_refusal(in, why);
  auto text = text_of(*reason);
  text.retry_after_seconds = retry_after_of(why, text.retry_after_seconds);
  fail_with(in, text, to_string(*reason), context_of(why));
}

}  // namespace chautari
