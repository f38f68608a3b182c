#include "http/stations/station_fields.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <set>

#include "protocols/base/limits.hpp"
#include "protocols/stations/amenity_json.hpp"

namespace chautari {
namespace {

/// What a new station may have; the frame of a cabinet could name more.
constexpr std::int64_t slots_max = 50;
constexpr std::size_t imei_digits = 15;
/// Words that mean something else in the place of a serial number.
constexpr std::array<std::string_view, 4> reserved_serials{"issues", "nearby", "favorites", "my-reports"};

std::optional<std::string> read_text(field_reader& fields, std::string_view name, text_limits bounds,
                                     bool is_required) {
  if (is_required) return fields.text(name, bounds);
  return fields.optional_text(name, bounds);
}

/// Letters, digits, '-', '_' and '.': it stands in addresses and on stickers.
std::optional<station_sn> read_serial(field_reader& fields, bool is_new) {
  const auto text = read_text(fields, "serial_number", {.shortest = 1, .longest = 255}, is_new);
  if (!text || text->empty()) return {};
  const bool is_plain = std::all_of(text->begin(), text->end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
  const bool is_reserved =
      std::find(reserved_serials.begin(), reserved_serials.end(), *text) != reserved_serials.end();
  if (!is_plain || is_reserved) fields.note("serial_number", "malformed");
  return station_sn{*text};
}

std::optional<imei> read_imei(field_reader& fields, bool is_new) {
  const auto text = read_text(fields, "imei", {.shortest = 1, .longest = 64}, is_new);
  if (!text || text->empty()) return {};
  const bool is_right =
      text->size() == imei_digits && text->find_first_not_of("0123456789") == std::string::npos;
  if (!is_right) fields.note("imei", "malformed");
  return imei{*text};
}

/// "HH:MM", seconds allowed.
std::optional<std::int32_t> minute_of(std::string_view text) {
  if (text.size() != 5 && !(text.size() == 8 && text.substr(5) == ":00")) return {};
  int hour = 0;
  int minute = 0;
  const auto read = [](std::string_view part, int& value) {
    return std::from_chars(part.data(), part.data() + 2, value).ptr == part.data() + 2;
  };
  if (text[2] != ':' || !read(text, hour) || !read(text.substr(3), minute)) return {};
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return {};
  return hour * 60 + minute;
}

/// Both times, or both null: always open.
void read_hours(field_reader& fields, const boost::json::value& body, station_changes& wish) {
  const auto is_given = [&](std::string_view name) {
    return body.is_object() && body.get_object().contains(name);
  };
  const auto read = [&](std::string_view name) -> std::int32_t {
    const auto text = fields.optional_text(name, {.shortest = 1, .longest = 8});
    if (!text) return -1;
    const auto minute = minute_of(*text);
    if (!minute) fields.note(name, "malformed");
    return minute.value_or(-1);
  };
  const auto opening = read("opening_time");
  const auto closing = read("closing_time");
  if (!is_given("opening_time") && !is_given("closing_time")) return;
  if (!is_given("opening_time")) fields.note("opening_time", "required");
  if (!is_given("closing_time")) fields.note("closing_time", "required");
  if ((opening < 0) != (closing < 0)) fields.note("closing_time", "conflict");
  wish.opening_minute = opening;
  wish.closing_minute = closing;
}

/// The array of that name, or nothing; anything else is noted.
const boost::json::array* read_array(field_reader& fields, std::string_view name, std::size_t longest) {
  const auto* given = fields.raw(name);
  if (given == nullptr) return nullptr;
  const auto* list = given->if_array();
  if (list == nullptr) {
    fields.note(name, "wrong_type");
  } else if (list->size() > longest) {
    fields.note(name, "too_long");
    return nullptr;
  }
  return list;
}

std::string place_in(std::string_view name, std::size_t at) {
  return std::string{name} + '[' + std::to_string(at) + ']';
}

std::optional<std::string> read_amenities(field_reader& fields, const std::vector<amenity_image>& known) {
  const auto* list = read_array(fields, "amenity_ids", limits::station_amenities_max);
  if (list == nullptr) return {};
  std::vector<amenity_image> chosen;
  for (std::size_t at = 0; at < list->size(); ++at) {
    const auto* text = (*list)[at].if_string();
    const auto id = text == nullptr ? std::nullopt : amenity_id::parse(std::string_view{*text});
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const auto& one) { return id && one.id == *id && one.is_active; });
    const bool is_repeated =
        std::any_of(chosen.begin(), chosen.end(), [&](const auto& one) { return id && one.id == *id; });
    if (found == known.end()) {
      fields.note(place_in("amenity_ids", at), "not_found");
    } else if (is_repeated) {
      fields.note(place_in("amenity_ids", at), "conflict");
    } else {
      chosen.push_back(*found);
    }
  }
  return to_amenity_json(chosen);
}

/// One link: {media_upload_id or url, media_type, title, description, is_primary}.
boost::json::object read_link(field_reader& fields, const std::string& place,
                              const boost::json::value& given) {
  field_reader link{given};
  const auto id = link.optional_text("media_upload_id", {.shortest = 36, .longest = 36});
  auto url = link.optional_text("url", {.shortest = 1, .longest = 300});
  if (id.has_value() == url.has_value()) link.note("media_upload_id", id ? "conflict" : "required");
  if (id && !report_id::parse(*id)) link.note("media_upload_id", "malformed");
  if (id) url = "/media/" + *id;
  if (url && !is_own_media(*url)) link.note("url", "malformed");
  using kind = std::string_view;
  const auto type = link.choice<kind>(
      "media_type",
      {{"IMAGE", "IMAGE"}, {"VIDEO", "VIDEO"}, {"360_VIEW", "360_VIEW"}, {"FLOOR_PLAN", "FLOOR_PLAN"}});
  boost::json::object out{{"file_url", url.value_or("")},
                          {"media_type", type},
                          {"title", link.optional_text("title", {.longest = 255}).value_or("")},
                          {"description", link.optional_text("description", {.longest = 255}).value_or("")},
                          {"is_primary", link.optional_flag("is_primary").value_or(false)}};
  for (const auto& problem : link.problems())
    fields.note(problem.field.empty() ? place : place + '.' + std::string{problem.field}, problem.code);
  return out;
}

std::optional<std::string> read_media(field_reader& fields) {
  const auto* list = read_array(fields, "media_uploads", limits::station_media_max);
  if (list == nullptr) return {};
  boost::json::array links;
  int primaries = 0;
  for (std::size_t at = 0; at < list->size(); ++at) {
    links.push_back(read_link(fields, place_in("media_uploads", at), (*list)[at]));
    primaries += links.back().at("is_primary").get_bool() ? 1 : 0;
  }
  if (primaries > 1) fields.note("media_uploads", "conflict", "At most one can be the primary one.");
  return boost::json::serialize(links);
}

}  // namespace

bool is_own_media(std::string_view url) {
  constexpr std::string_view store = "/media/";
  if (url.size() <= store.size() || url.size() > 300 || url.substr(0, store.size()) != store) return false;
  const auto name = url.substr(store.size());
  const bool is_plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '/';
  });
  return is_plain && name.find("..") == std::string_view::npos && name.find("//") == std::string_view::npos;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string read_characters(field_reader& fields, std::string_view name, std::size_t shortest,
                            std::size_t longest) {
  auto text = fields.text(name, {.shortest = 1, .longest = 4 * longest});
  const auto characters = count_characters(text);
  if (!text.empty() && characters < shortest) fields.note(name, "too_short");
  if (characters > longest) fields.note(name, "too_long");
  return text;
}

station_changes read_station_changes(field_reader& fields, const boost::json::value& body,
                                     const std::vector<amenity_image>& known, bool is_new) {
  station_changes wish;
  wish.serial = read_serial(fields, is_new);
  wish.cabinet = read_imei(fields, is_new);
  wish.name = read_text(fields, "station_name", {.shortest = 1, .longest = 300}, is_new);
  if (wish.name && count_characters(*wish.name) > 100) fields.note("station_name", "too_long");
  wish.address = read_text(fields, "address", {.shortest = 1, .longest = 255}, is_new);
  wish.landmark = fields.optional_text("landmark", {.longest = 255});
  wish.description = fields.optional_text("description", {.longest = 4'000});
  const number_limits north{.least = -90, .most = 90};
  const number_limits east{.least = -180, .most = 180};
  const integer_limits slots{.least = 1, .most = slots_max};
  if (is_new) {
    wish.latitude = fields.number("latitude", north);
    wish.longitude = fields.number("longitude", east);
    wish.total_slots = static_cast<std::int32_t>(fields.integer("total_slots", slots));
  } else {
    wish.latitude = fields.optional_number("latitude", north);
    wish.longitude = fields.optional_number("longitude", east);
    const auto total = fields.optional_integer("total_slots", slots);
    if (total) wish.total_slots = static_cast<std::int32_t>(*total);
    wish.is_approved = fields.optional_flag("is_approved");
  }
  const auto offset = fields.optional_integer("port_one_offset", slots);
  if (offset) wish.port_one_offset = static_cast<std::int32_t>(*offset);
  read_hours(fields, body, wish);
  wish.amenities = read_amenities(fields, known);
  wish.media = read_media(fields);
  return wish;
}

std::vector<bank_placement> read_placements(field_reader& fields) {
  std::vector<bank_placement> placements;
  const auto* list = read_array(fields, "powerbank_assignments", static_cast<std::size_t>(slots_max));
  for (std::size_t at = 0; list != nullptr && at < list->size(); ++at) {
    const auto place = place_in("powerbank_assignments", at);
    field_reader one{(*list)[at]};
    const auto serial = one.text("powerbank_serial", {.shortest = 1, .longest = 10});
    const auto slot = one.integer("slot_number", {.least = 1, .most = slots_max});
    std::uint32_t number = 0;
    const auto end = serial.data() + serial.size();
    const auto [stop, failed] = std::from_chars(serial.data(), end, number);
    const bool is_right = failed == std::errc{} && stop == end && is_readable(bank_sn{number});
    if (!serial.empty() && !is_right) one.note("powerbank_serial", "malformed");
    for (const auto& problem : one.problems())
      fields.note(problem.field.empty() ? place : place + '.' + std::string{problem.field}, problem.code);
    placements.push_back({bank_sn{number}, static_cast<std::int32_t>(slot)});
  }
  return placements;
}

}  // namespace chautari
