#include "http/operations/refusals.hpp"

namespace chautari {

refusal_text text_of(station_refusal why) {
  switch (why) {
    case station_refusal::station_not_found:
      return {404, "There is no such station.", "यस्तो स्टेसन छैन।"};
    case station_refusal::station_offline:
      return {503, "This station is offline. Please use another one.",
              "यो स्टेसन अफलाइन छ। कृपया अर्को प्रयोग गर्नुहोस्।", 30};
    case station_refusal::station_maintenance:
      return {409, "This station is under maintenance.", "यो स्टेसन मर्मतमा छ।"};
    case station_refusal::station_closed:
      return {409, "This station is closed now.", "यो स्टेसन अहिले बन्द छ।"};
    case station_refusal::device_unreachable:
      return {503, "The station is silent. Nothing was charged.", "स्टेसनले जवाफ दिएन। रकम काटिएन।", 10};
    case station_refusal::station_busy:
      return {503, "The station is busy. Please try again in a moment.",
              "स्टेसन व्यस्त छ। केही बेरमा फेरि प्रयास गर्नुहोस्।", 5};
    case station_refusal::no_power_bank_available:
      return {409, "There is no charged power bank here right now.", "यहाँ अहिले चार्ज भएको पावर बैंक छैन।"};
    case station_refusal::powerbank_not_found:
      return {404, "There is no such power bank.", "यस्तो पावर बैंक छैन।"};
    case station_refusal::powerbank_station_mismatch:
      return {409, "That power bank is not at this station.", "त्यो पावर बैंक यो स्टेसनमा छैन।"};
    case station_refusal::requested_powerbank_unavailable:
      return {409, "That power bank cannot be rented right now.", "त्यो पावर बैंक अहिले भाडामा लिन मिल्दैन।"};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

}  // namespace chautari
