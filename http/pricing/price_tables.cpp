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
  timestamp now{};

  [[nodiscard]] bool takes(const station_discount& row) const {
    return (!station || row.station == *station) && (!package || row.package == *package) &&
           (!status || status_at(row, now) == *status);
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

/// A discount is given at a station that exists.
bool is_station_unknown(const exchange& in, const price_office& office) {
  const auto* body = in.json().if_object();
  const auto* given = body == nullptr ? nullptr : body->if_contains("station_id");
  const auto* text = given == nullptr ? nullptr : given->if_string();
  const auto id = text == nullptr ? std::nullopt : station_id::parse(std::string_view{*text});
  return id && office.stations.table(in).find_any(*id) == nullptr;
}

template <class Row>
void create(exchange& in, const price_office& office) {
  if (price_rows<Row>::table == price_table::discounts && is_station_unknown(in, office))
    return answer_price_refusal(in, refuse(price_refusal::station_not_found));
  tell<Row>(in, office, price_action::create);
}

struct table_words {
  std::string path;
  std::string many;
  std::string one;
};

template <class Row>
void add_rows(endpoints& rows, const price_office& office, const table_words& words) {
  const std::string one = words.path + "/{id}";
  const auto add = [&rows](http_method verb, const std::string& path, const std::string& summary,
                           std::function<void(exchange&)> handle) {
    rows.push_back(price_office_row(verb, path, summary, std::move(handle)));
  };
  const auto doing = [&office](price_action action) {
    return [&office, action](exchange& in) { tell<Row>(in, office, action); };
  };
  add(http_method::get, words.path, words.many, [&office](exchange& in) { list<Row>(in, office); });
  rows.back().query = {{"page", "from 1"}, {"page_size", "1..100, default 20"}};
  const auto narrowed = [&rows](query_field by) { rows.back().query.push_back(std::move(by)); };
  if (price_rows<Row>::table == price_table::discounts) {
    narrowed({"station_id", "of a station"});
    narrowed({"station_sn", "or its serial number"});
    narrowed({"package_id", "of a package"});
    narrowed({"status", "ACTIVE, INACTIVE or EXPIRED"});
  } else {
    narrowed({"is_active", "true or false"});
  }
  add(http_method::get, one, words.one, [&office](exchange& in) { show<Row>(in, office); });
  add(http_method::post, words.path, "Add one", [&office](exchange& in) { create<Row>(in, office); });
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
