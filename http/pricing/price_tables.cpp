#include <boost/json.hpp>

#include "http/pricing/price_office.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_care.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/pricing/catalogue.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

/// One whose days are over is expired, whether or not anybody has said so.
discount_status status_at(const station_discount& row, timestamp now) {
  const bool is_over = row.status == discount_status::active && row.valid_until < now;
  return is_over ? discount_status::expired : row.status;
}

/// A discount names its station and its package; of the others nothing is added.
template <class Row>
json::object row_json(const exchange&, const price_office&, const price_list&, const Row& row) {
  return show_price(row);
}
json::object row_json(const exchange& in, const price_office& office, const price_list& prices,
                      const station_discount& row) {
  auto shown = show_price(row);
  json::object station{{"id", row.station.text()}, {"sn", nullptr}, {"name", nullptr}};
  if (const auto* known = office.stations.table(in).find_any(row.station)) {
    station["sn"] = known->view.facts.serial.text();
    station["name"] = known->view.facts.name;
  }
  json::object package{{"id", row.package.text()}, {"name", nullptr}};
  for (const auto& one : prices.packages)
    if (one.id == row.package) package["name"] = one.name;
  shown["status"] = to_string(status_at(row, in.now()));
  shown.stable_erase("station_id");
  shown.stable_erase("package_id");
  shown["station"] = std::move(station);
  shown["package"] = std::move(package);
  return shown;
}

// -- lists
// ------------------------------------------------------------------------------------------

/// What a list is narrowed to; each table reads its own.
struct price_filter {
  std::optional<bool> is_active;
  std::optional<station_id> station;
  std::optional<package_id> package;
  std::optional<discount_status> status;
  std::optional<partner_type> type;
  std::optional<partner_status> partner_state;
  std::optional<partner_id> partner;
  timestamp now{};

  [[nodiscard]] bool takes(const station_discount& row) const {
    return (!station || row.station == *station) && (!package || row.package == *package) &&
           (!status || status_at(row, now) == *status);
  }
  [[nodiscard]] bool takes(const business_partner& row) const {
    return (!type || row.type == *type) && (!partner_state || row.status == *partner_state);
  }
  [[nodiscard]] bool takes(const station_partner& row) const {
    return (!station || row.station == *station) && (!partner || row.partner == *partner) &&
           (!is_active || row.is_open() == *is_active);
  }
  template <class Row>
  [[nodiscard]] bool takes(const Row& row) const {
    return !is_active || row.is_active == *is_active;
  }
};

price_filter read_filter(const exchange& in, field_reader& fields, const price_office& office,
                         price_table table) {
  price_filter filter;
  filter.now = in.now();
  if (table == price_table::partners) {
    filter.type = fields.optional_choice<partner_type>(
        "partner_type", {{"FRANCHISE", partner_type::franchise}, {"VENDOR", partner_type::vendor}});
    filter.partner_state =
        fields.optional_choice<partner_status>("status", {{"PENDING", partner_status::pending},
                                                          {"ACTIVE", partner_status::active},
                                                          {"INACTIVE", partner_status::inactive},
                                                          {"SUSPENDED", partner_status::suspended}});
    return filter;
  }
  if (table == price_table::station_partners) {
    filter.station = fields.optional_id<station_id>("station_id");
    filter.partner = fields.optional_id<partner_id>("partner_id");
  }
  if (table != price_table::discounts) {
    filter.is_active = fields.optional_flag("is_active");
    return filter;
  }
  filter.station = fields.optional_id<station_id>("station_id");
  if (const auto serial = fields.optional_text("station_sn", {.shortest = 1, .longest = 255})) {
    const auto* station = office.stations.table(in).find_any(station_sn{*serial});
    if (station == nullptr) fields.note("station_sn", "not_found");
    if (station != nullptr) filter.station = station->view.facts.id;
  }
  filter.package = fields.optional_id<package_id>("package_id");
  filter.status = fields.optional_choice<discount_status>("status", {{"ACTIVE", discount_status::active},
                                                                     {"INACTIVE", discount_status::inactive},
                                                                     {"EXPIRED", discount_status::expired}});
  return filter;
}

template <class Row>
void list(exchange& in, const price_office& office) {
  auto fields = field_reader::of_query(in);
  const auto page = read_table_page(fields);
  const auto filter = read_filter(in, fields, office, price_rows<Row>::table);
  if (!fields.complete(in)) return;
  with_prices(in, office, [&office, page, filter](exchange& out, const price_list& prices) {
    std::vector<const Row*> found;
    for (const auto& row : price_rows<Row>::in(prices))
      if (filter.takes(row)) found.push_back(&row);
    auto data = begin_results(cut_page(found, page),
                              [&](const Row* row) { return row_json(out, office, prices, *row); });
    append_table_end(data, page, static_cast<std::int64_t>(found.size()));
    out.answer(data);
  });
}

/// The row that is meant, or null; "active" is the configuration that new rentals get.
template <class Row, class IsMeant>
void show_first(exchange& in, const price_office& office, bool may_be_none, IsMeant is_meant) {
  with_prices(in, office, [&office, may_be_none, is_meant](exchange& out, const price_list& prices) {
    for (const auto& row : price_rows<Row>::in(prices))
      if (is_meant(row)) return out.answer(json::serialize(row_json(out, office, prices, row)));
    if (may_be_none) return out.answer("null");
    answer_price_refusal(out, refuse(price_rows<Row>::not_found));
  });
}

template <class Row>
void show(exchange& in, const price_office& office) {
  show_first<Row>(in, office, false,
                  [id = std::string{in.path_text("id")}](const Row& row) { return row.id.text() == id; });
}

void show_active(exchange& in, const price_office& office) {
  show_first<late_fee_configuration>(in, office, true, [](const auto& row) { return row.is_active; });
}

// -- changes
// ------------------------------------------------------------------------------------------

/// The row as it is now; a discount's is completed with names.
template <class Row>
void answer_row(exchange& in, const price_office& office, const std::string& row, int status) {
  if (price_rows<Row>::table != price_table::discounts) return in.answer(status, row);
  const std::string id{json::parse(row).at("id").as_string()};
  with_prices(in, office, [&office, id, status](exchange& out, const price_list& prices) {
    for (const auto& one : price_rows<Row>::in(prices))
      if (one.id.text() == id) out.answer(status, json::serialize(row_json(out, office, prices, one)));
    if (!out.is_answered()) out.answer(status, "null");
  });
}

template <class Row>
void tell(exchange& in, const price_office& office, price_action action) {
  change_price wish;
  wish.table = price_rows<Row>::table;
  wish.action = action;
  if (action != price_action::create) wish.id = in.path_text("id");
  const bool has_fields = action == price_action::create || action == price_action::change;
  if (has_fields) wish.fields = in.body();
  wish.by = in.operator_stamp();
  in.ask<price_changed>(
      office.prices, std::move(wish),
      [&office, action](exchange& out, const price_changed& done) {
        if (done.row.empty()) return out.answer(R"({"is_deleted":true})");
        answer_row<Row>(out, office, done.row, action == price_action::create ? 201 : 200);
      },
      answer_price_refusal);
}

/// A discount or a partner is given to a station that exists.
bool is_station_unknown(const exchange& in, const price_office& office) {
  const auto* body = in.json().if_object();
  const auto* given = body == nullptr ? nullptr : body->if_contains("station_id");
  const auto* text = given == nullptr ? nullptr : given->if_string();
  const auto id = text == nullptr ? std::nullopt : station_id::parse(std::string_view{*text});
  return id && office.stations.table(in).find_any(*id) == nullptr;
}

template <class Row>
void create(exchange& in, const price_office& office) {
  constexpr auto table = price_rows<Row>::table;
  const bool names_station = table == price_table::discounts || table == price_table::station_partners;
  if (names_station && is_station_unknown(in, office))
    return answer_price_refusal(in, refuse(price_refusal::station_not_found));
  tell<Row>(in, office, price_action::create);
}

/// A partner is a rider, too.
template <>
void create<business_partner>(exchange& in, const price_office& office) {
  const auto* body = in.json().if_object();
  const auto* given = body == nullptr ? nullptr : body->if_contains("user_id");
  const auto* text = given == nullptr ? nullptr : given->if_string();
  const auto user = text == nullptr ? std::nullopt : user_id::parse(std::string_view{*text});
  if (!user) return tell<business_partner>(in, office, price_action::create);  // It says what is wrong.
  in.ask<account_facts>(
      office.reader, load_account{*user, in.now()},
      [&office](exchange& out, const account_facts&) {
        tell<business_partner>(out, office, price_action::create);
      },
      [](exchange& out, const caf::error& why) {
        const bool is_unknown = reason_of<reader_refusal>(why) == reader_refusal::not_found;
        if (is_unknown) return answer_price_refusal(out, refuse(price_refusal::user_not_found));
        answer_refusal(out, why);
      });
}

struct table_words {
  std::string path;
  std::string many;
  std::string one;
  permission needs = permission::pricing;
};

template <class Row>
std::vector<query_field> filters_of() {
  switch (price_rows<Row>::table) {
    case price_table::discounts:
      return {{"station_id", "of a station"},
              {"station_sn", "or its serial number"},
              {"package_id", "of a package"},
              {"status", "ACTIVE, INACTIVE or EXPIRED"}};
    case price_table::partners:
      return {{"partner_type", "FRANCHISE or VENDOR"}, {"status", "PENDING, ACTIVE, INACTIVE or SUSPENDED"}};
    case price_table::station_partners:
      return {{"station_id", "of a station"},
              {"partner_id", "of a partner"},
              {"is_active", "true: in force; false: ended"}};
    default:
      return {{"is_active", "true or false"}};
  }
}

template <class Row>
void add_rows(endpoints& rows, const price_office& office, const table_words& words) {
  const std::string one = words.path + "/{id}";
  const auto add = [&rows, &words](http_method verb, const std::string& path, const std::string& summary,
                                   std::function<void(exchange&)> handle) {
    rows.push_back(price_office_row(verb, path, summary, std::move(handle)));
    rows.back().wants->what = words.needs;
  };
  const auto doing = [&office](price_action action) {
    return [&office, action](exchange& in) { tell<Row>(in, office, action); };
  };
  add(http_method::get, words.path, words.many, [&office](exchange& in) { list<Row>(in, office); });
  rows.back().query = {{"page", "from 1"}, {"page_size", "1..100, default 20"}};
  for (auto& by : filters_of<Row>())
    rows.back().query.push_back(std::move(by));
  add(http_method::get, one, words.one, [&office](exchange& in) { show<Row>(in, office); });
  add(http_method::post, words.path, "Add one", [&office](exchange& in) { create<Row>(in, office); });
  if (price_rows<Row>::table == price_table::station_partners) {
    add(http_method::remove, one, "End it now; the row stays", doing(price_action::remove));
    return;
  }
  add(http_method::patch, one, "Change the fields that are named", doing(price_action::change));
  add(http_method::put, one, "The same as PATCH, for old clients", doing(price_action::change));
  add(http_method::remove, one, "Take it away if nothing refers to it", doing(price_action::remove));
}

}  // namespace

endpoints price_table_rows(const price_office& office) {
  endpoints rows;
  add_rows<rental_package>(rows, office,
                           {"/api/admin/rental-packages", "Packages by duration", "One package"});
  const std::string late_fees = "/api/admin/late-fee-configs";
  add_rows<late_fee_configuration>(rows, office,
                                   {late_fees, "Late-fee configurations by name", "One configuration"});
  add_rows<station_discount>(rows, office,
                             {"/api/admin/discounts", "Discounts, newest first", "One discount"});
  add_rows<business_partner>(
      rows, office,
      {"/api/admin/partners", "Franchises and vendors by code", "One partner", permission::partners});
  add_rows<station_partner>(rows, office,
                            {"/api/admin/station-partners", "Which partner has or had which station",
                             "One assignment", permission::partners});
  rows.push_back(price_office_row(http_method::get, late_fees + "/active",
                                  "The configuration that new rentals get, or null",
                                  [&office](exchange& in) { show_active(in, office); }));
  for (const auto& [verb, action] :
       {std::pair{"/activate", price_action::activate}, std::pair{"/deactivate", price_action::deactivate}}) {
    const auto handle = [&office, action = action](exchange& in) {
      tell<late_fee_configuration>(in, office, action);
    };
    rows.push_back(price_office_row(http_method::post, late_fees + "/{id}" + verb,
                                    "New rentals get it, or no longer", handle));
    rows.back().body = body_kind::json_optional;
  }
  return rows;
}

}  // namespace chautari
