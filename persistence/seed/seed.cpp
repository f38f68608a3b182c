#include "persistence/seed/seed.hpp"

#include <boost/uuid/uuid.hpp>
#include <random>
#include <vector>

#include "persistence/base/connection.hpp"
#include "persistence/base/json_rows.hpp"
#include "persistence/journal/batch_rows.hpp"
#include "persistence/pricing/rows.hpp"
#include "persistence/seed/demo_places.hpp"
#include "persistence/sql_texts.hpp"
#include "persistence/stations/rows.hpp"
#include "persistence/users/rows.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/stations/amenity_json.hpp"

namespace chautari {
namespace {

constexpr std::size_t empty_station = 9;        ///< LAL-0005: no bank at all, every slot takes one.
constexpr std::size_t full_station = 12;        ///< BKT-0003: no room for a return.
constexpr std::size_t maintained_station = 28;  ///< BRT-0004.
constexpr std::int32_t two_port_slots = 24;     ///< Cabinets of this size have half of them on each port.
constexpr std::int32_t one_port_offset = 25;    ///< As the maker numbers a second port.
constexpr std::uint64_t first_imei = 860'000'000'000'000;
constexpr std::uint32_t first_bank = 40'000'001;
constexpr timestamp demo_begin = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

/// The same names give the same ids, whatever the seed.
boost::uuids::uuid demo_id(const std::string& name) {
  static constexpr boost::uuids::uuid space{
      {0x63, 0x68, 0x61, 0x75, 0x74, 0x61, 0x72, 0x69, 0x80, 0x64, 0x65, 0x6d, 0x6f, 0x00, 0x00, 0x01}};
  return make_named_uuid(space, name);
}

struct demo_amenity {
  const char* name;
  const char* icon;
};
constexpr demo_amenity demo_amenities[] = {{"Free WiFi", "wifi"},  {"Cafe", "coffee"},
                                           {"Parking", "parking"}, {"CCTV", "camera"},
                                           {"ATM", "atm"},         {"Restroom", "restroom"}};

amenity_image image_of(const demo_amenity& shown) {
  amenity_image amenity;
  amenity.id = amenity_id{demo_id(std::string{"amenity "} + shown.name)};
  amenity.name = shown.name;
  amenity.icon = shown.icon;
  return amenity;
}

std::string amenities_of(std::size_t place) {
  std::vector<amenity_image> list;
  for (std::size_t at = 0; at < std::size(demo_amenities); ++at) {
    if ((place + at) % 3 != 0) list.push_back(image_of(demo_amenities[at]));
  }
  return to_amenity_json(list);
}

struct demo_rows {
  json_rows stations;
  batch_rows rows;  ///< Everything else.
};

void add_station(demo_rows& demo, std::size_t at) {
  const auto& place = demo_places[at];
  demo.stations.row()
      .id("id", demo_id(place.serial))
      .text("serial", place.serial)
      .text("imei", std::to_string(first_imei + at + 1))
      .text("name", place.name)
      .text("address", place.address)
      .text("landmark", place.landmark)
      .text("description", "")
      .real("latitude", place.latitude)
      .real("longitude", place.longitude)
      .number("total_slots", place.slots)
      .number("port_one_offset", place.slots == two_port_slots ? two_port_slots / 2 : one_port_offset)
      .number("opening_minute", place.opening_minute)
      .number("closing_minute", place.closing_minute)
      .flag("is_maintenance", at == maintained_station)
      .flag("is_deleted", false)
      .flag("is_approved", true)
      .json("media", "[]")
      .json("amenities", amenities_of(at));
  station_state_image state;
  state.station = station_id{demo_id(place.serial)};
  state.last_seen_at = state.online_since = demo_begin;
  add_image(demo.rows, state);
}

void add_slots(demo_rows& demo, std::size_t at, std::mt19937_64& random, std::uint32_t& next_bank) {
  const auto& place = demo_places[at];
  for (std::int32_t number = 1; number <= place.slots; ++number) {
    const bool is_seated = at == full_station || (at != empty_station && random() % 100 < 72);
    slot_image slot;
    slot.station = station_id{demo_id(place.serial)};
    slot.number = number;
    slot.status = is_seated ? slot_status::occupied : slot_status::available;
    slot.device_code = is_seated ? 1 : 0;
    slot.updated_at = demo_begin;
    if (is_seated) {
      bank_image bank;
      bank.serial = bank_sn{next_bank++};
      bank.id = bank_id{demo_id("bank " + bank.serial.text())};
      bank.battery = static_cast<std::int32_t>(random() % 10 == 0 ? 5 + random() % 20 : 60 + random() % 41);
      bank.station = slot.station;
      bank.slot = number;
      slot.battery = bank.battery;
      add_image(demo.rows, bank);
    }
    add_image(demo.rows, slot);
  }
}

/// The cable car is far up: whoever takes a bank for a day there pays a fifth less.
void add_discount(demo_rows& demo) {
  station_discount cut;
  cut.id = discount_id{demo_id("discount PKR-0005 1 Day")};
  cut.station = station_id{demo_id("PKR-0005")};
  cut.package = package_id{demo_id("package 1 Day")};
  cut.percent_hundredths = 20'00;
  cut.total_uses_max = 1'000;
  cut.uses_per_user_max = 5;
  cut.valid_from = cut.created_at = demo_begin;
  cut.valid_until = std::chrono::sys_days{std::chrono::year{2031} / 1 / 1};
  cut.created_by = "seed";
  add_image(demo.rows, cut);
}

business_partner add_partner(demo_rows& demo, const char* name, partner_type type) {
  user_image rider;
  rider.id = user_id{demo_id(std::string{"partner's rider "} + name)};
  rider.username = rider.referral_code = name;
  rider.email = std::string{name} + "@example.test";
  rider.created_at = rider.last_login_at = demo_begin;
  add_image(demo.rows, rider);
  business_partner partner;
  partner.id = partner_id{demo_id(std::string{"partner "} + name)};
  partner.user = rider.id;
  partner.type = type;
  partner.contact_phone = "+9779800000000";
  partner.created_by = "seed";
  partner.created_at = demo_begin;
  return partner;
}

void give_station(demo_rows& demo, const char* serial, const business_partner& to) {
  station_partner given;
  given.id = station_partner_id{demo_id(std::string{"partner of "} + serial + ' ' + to.code)};
  given.station = station_id{demo_id(serial)};
  given.partner = to.id;
  if (to.type == partner_type::vendor) {
    given.role = station_role::station_operator;
    given.model = revenue_model::percentage;
    given.percent_hundredths = 10'00;
  }
  given.valid_from = demo_begin;
  given.created_by = "seed";
  add_image(demo.rows, given);
}

/// Pokhara is a franchise's, and the cable car's station is run by a vendor of the place. Both can sign in as
/// riders, by e-mail.
void add_partners(demo_rows& demo) {
  auto franchise = add_partner(demo, "fewa_franchise", partner_type::franchise);
  franchise.code = "FR-001";
  franchise.business_name = "Fewa Power";
  franchise.share_hundredths = 30'00;
  add_image(demo.rows, franchise);
  for (const auto& place : demo_places)
    if (std::string_view{place.serial}.starts_with("PKR-")) give_station(demo, place.serial, franchise);
  auto vendor = add_partner(demo, "sarangkot_vendor", partner_type::vendor);
  vendor.code = "VNREV-001";
  vendor.business_name = "Sarangkot Tea House";
  vendor.vendor = vendor_type::revenue;
  add_image(demo.rows, vendor);
  give_station(demo, "PKR-0005", vendor);
}

void add_prices(demo_rows& demo) {
  struct offer {
    const char* name;
    std::int32_t duration;
    std::int64_t paisa;
    package_type type;
    payment_model model = payment_model::prepaid;
  };
  static constexpr offer offers[] = {
      {"1 Hour", 60, 5'000, package_type::hourly},
      {"4 Hours", 240, 15'000, package_type::hourly},
      {"1 Day", 1'440, 30'000, package_type::daily},
      {"1 Day, paid afterwards", 1'440, 30'000, package_type::daily, payment_model::postpaid}};
  for (const auto& [name, duration, paisa, type, model] : offers)
    add_image(demo.rows,
              rental_package{package_id{demo_id(std::string{"package "} + name)}, name,
                             std::string{"A power bank for "} + name, duration, money{paisa}, type, model});
  late_fee_configuration late{late_fee_id{demo_id("late fee")}, "Twice the rate, two minutes free", {}, true};
  late.terms.grace_minutes = 2;
  late.terms.daily_cap = money{100'00};
  late.terms.applies_to = {package_type::hourly};
  add_image(demo.rows, late);
}

void fill(demo_rows& demo, std::uint64_t seed) {
  std::mt19937_64 random{seed};
  std::uint32_t next_bank = first_bank;
  for (std::size_t at = 0; at < demo_places.size(); ++at) {
    add_station(demo, at);
    add_slots(demo, at, random, next_bank);
  }
  add_prices(demo);
  add_discount(demo);
  add_partners(demo);
  for (const auto& amenity : demo_amenities)
    add_image(demo.rows, image_of(amenity));
}

}  // namespace

std::string seed_demo(const database_settings& settings, std::uint64_t seed) {
  try {
    database_connection database{settings, session_kind::reading};
    const auto shapes = read_table_shapes(database.ask(sql::journal_table_shapes));
    demo_rows demo;
    demo.rows.take_shapes(shapes);
    fill(demo, seed);
    const auto begun =
        database.begin_with({{&sql::seed_put_states, {{demo.rows.station_states.finish(), true}}},
                             {&sql::seed_put_slots, {{demo.rows.slots.finish(), true}}},
                             {&sql::seed_put_banks, {{demo.rows.banks.finish(), true}}}});
    if (begun.error) throw database_error{*begun.error};
    database.execute(sql::seed_put_amenities, {{"rows", demo.rows.amenities.finish()}});
    database.execute(sql::seed_put_packages, {{"rows", demo.rows.packages.finish()}});
    database.execute(sql::seed_put_late_fee, {{"rows", demo.rows.late_fees.finish()}});
    const auto stations = demo.stations.finish();
    database.execute(sql::seed_put_discounts, {{"rows", demo.rows.discounts.finish()}});
    database.execute(sql::seed_put_users, {{"rows", demo.rows.users.finish()}});
    database.execute(sql::seed_put_partners, {{"rows", demo.rows.partners.finish()}});
    database.execute(sql::seed_put_station_partners, {{"rows", demo.rows.station_partners.finish()}});
    database.execute(sql::seed_put_stations, {{"rows", stations}});
    database.execute(sql::seed_open_broker_accounts, {{"rows", stations}});
    database.commit();
  } catch (const database_error& error) {
    return error.what();
  }
  return {};
}

std::string seed_scale(const database_settings& settings, seed_size size) {
  demo_rows demo;
  add_prices(demo);
  const std::string stations = std::to_string(size.stations);
  const std::string slots = std::to_string(size.slots);
  const std::string rentals = std::to_string(size.open_rentals);
  try {
    database_connection database{settings, session_kind::reading};
    database.run_script(sql::seed_scale.body);
    database.begin();
    database.execute(sql::seed_put_packages, {{"rows", demo.rows.packages.finish()}});
    database.execute(sql::seed_put_late_fee, {{"rows", demo.rows.late_fees.finish()}});
    database.execute(sql::seed_scale_stations, {{"stations", stations}, {"slots", slots}});
    database.execute(sql::seed_scale_states, {{"stations", stations}});
    database.execute(sql::seed_scale_slots, {{"stations", stations}, {"slots", slots}});
    database.execute(sql::seed_scale_banks, {{"stations", stations}, {"slots", slots}});
    database.execute(sql::seed_scale_rented_banks, {{"rentals", rentals}});
    database.execute(sql::seed_scale_riders, {{"rentals", rentals}});
    database.execute(sql::seed_scale_rentals, {{"rentals", rentals}, {"stations", stations}});
    database.commit();
    database.run_script(sql::seed_analyze.body);
  } catch (const database_error& error) {
    return error.what();
  }
  return {};
}

}  // namespace chautari
