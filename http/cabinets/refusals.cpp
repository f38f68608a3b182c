#include "http/operations/refusals.hpp"
#include "http/cabinets/cabinets_office.hpp"
#include "http/operations/retry_after.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

refusal_text text_of(registry_refusal why) {
  switch (why) {
    case registry_refusal::unknown_cabinet:
      return {404, "No such cabinet has called.", "यस्तो क्याबिनेटले सम्पर्क गरेको छैन।"};
    case registry_refusal::not_provisioned:
      return {409, "This cabinet has no login at the broker.", "यो क्याबिनेटको ब्रोकरमा लगइन छैन।"};
    case registry_refusal::cabinet_rejected:
      return {409, "This cabinet was rejected.", "यो क्याबिनेट अस्वीकार गरिएको छ।"};
    case registry_refusal::call_too_often:
      return {429, "Too many requests.", "धेरै अनुरोध भए।", 60};
    case registry_refusal::broker_unavailable:
      return {503, "The broker does not answer. Nothing was changed for certain.",
              "ब्रोकरले जवाफ दिएन। परिवर्तन भएको निश्चित छैन।", 10};
    case registry_refusal::call_not_read:
      return {400, "The request could not be read.", "अनुरोध पढ्न सकिएन।"};
    case registry_refusal::duplicate_call:
      return {409, "The login of this cabinet is being changed.", "यो क्याबिनेटको लगइन परिवर्तन हुँदैछ।", 5};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

}  // namespace

void answer_registry_refusal(exchange& in, const caf::error& why) {
  const auto reason = reason_of<registry_refusal>(why);
  if (!reason) return answer_refusal(in, why);
  auto text = text_of(*reason);
  text.retry_after_seconds = retry_after_of(why, text.retry_after_seconds);
  fail_with(in, text, to_string(*reason), context_of(why));
}

}  // namespace chautari
