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
    case station_refusal::station_already_exists:
      return {409, "A station with this serial number or IMEI exists already.",
              "यो सिरियल नम्बर वा IMEI भएको स्टेसन पहिले नै छ।"};
    case station_refusal::station_has_active_rentals:
      return {409, "There are open rentals from here, or power banks inside.",
              "यहाँबाट चालु भाडा छ वा भित्र पावर बैंक छ।"};
    case station_refusal::invalid_powerbank_assignment:
      return {409, "Some power banks cannot be put here; nothing was stored.",
              "केही पावर बैंक यहाँ राख्न मिल्दैन; केही पनि राखिएन।"};
    case station_refusal::slot_not_found:
      return {404, "There is no such slot.", "यस्तो स्लट छैन।"};
    case station_refusal::invalid_status_change:
      return {409, "The power bank cannot become that now.", "पावर बैंकको स्थिति अहिले यसो बदल्न मिल्दैन।"};
    case station_refusal::amenity_not_found:
      return {404, "There is no such amenity.", "यस्तो सुविधा छैन।"};
    case station_refusal::amenity_already_exists:
      return {409, "An amenity of this name exists already.", "यस नामको सुविधा पहिले नै छ।"};
    case station_refusal::amenity_in_use:
      return {409, "A station still has this amenity.", "यो सुविधा कुनै स्टेसनमा प्रयोगमा छ।"};
    case station_refusal::too_many_amenities:
      return {409, "There are too many amenities already.", "सुविधा धेरै भइसके।"};
    case station_refusal::issue_not_found:
      return {404, "There is no such issue.", "यस्तो समस्या छैन।"};
    case station_refusal::duplicate_issue_report:
      return {409, "You have reported this already; we are on it.",
              "तपाईंले यो समस्या पहिले नै पठाउनुभएको छ; हामी हेर्दै छौं।"};
    case station_refusal::assignee_not_found:
      return {404, "There is no active operator with this id.", "यस्तो सक्रिय अपरेटर छैन।"};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

}  // namespace chautari
