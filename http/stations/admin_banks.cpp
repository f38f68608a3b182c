/// The fleet at the operators' door.
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_care.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

void fail_unknown(exchange& in) { answer_refusal(in, caf::make_error(station_refusal::powerbank_not_found)); }

void list(exchange& in, const station_care& care) {
  auto fields = field_reader::of_query(in);
  const auto page = read_table_page(fields);
  list_banks question;
  question.status =
      fields.optional_choice<bank_status>("status", {{"AVAILABLE", bank_status::available},
                                                     {"RESERVED", bank_status::reserved},
                                                     {"RENTED", bank_status::rented},
                                                     {"MAINTENANCE", bank_status::maintenance},
                                                     {"DAMAGED", bank_status::damaged},
                                                     {"MISSING", bank_status::missing},
                                                     {"LOST", bank_status::lost},
                                                     {"QUARANTINED", bank_status::quarantined}});
  question.station = read_station_filter(in, fields, care);
  question.search = fields.optional_text("search", {.shortest = 2, .longest = 10}).value_or("");
  if (question.search.find_first_not_of("0123456789") != std::string::npos)
    fields.note("search", "malformed");
  const integer_limits percent{.least = 0, .most = 100};
  question.min_battery =
      static_cast<std::int32_t>(fields.optional_integer("min_battery", percent).value_or(-1));
  question.max_battery =
      static_cast<std::int32_t>(fields.optional_integer("max_battery", percent).value_or(100));
  if (question.min_battery > question.max_battery) fields.note("max_battery", "out_of_range");
  if (!fields.complete(in)) return;
  question.page = static_cast<std::int32_t>(page.page);
  question.limit = static_cast<std::int32_t>(page.size);
  in.ask<bank_page>(
      care.reader, std::move(question),
      [page](exchange& out, const bank_page& found) {
        auto data = begin_results(found.banks, bank_json);
        append_table_end(data, page, found.total);
        out.answer(data);
      },
      answer_refusal);
}

/// Reads the bank the path names, by id or serial number, then `go(exchange&, const bank_story&)`.
template <class Go>
void with_bank(exchange& in, const station_care& care, Go go) {
  in.ask<bank_story>(
      care.reader, show_bank{std::string{in.path_text("id")}},
      [go](exchange& out, const bank_story& story) {
        if (!story.bank) return fail_unknown(out);
        go(out, story);
      },
      answer_refusal);
}

void show(exchange& in, const station_care& care) {
  with_bank(in, care, [](exchange& out, const bank_story& story) {
    auto detail = bank_json(*story.bank);
    boost::json::array rentals;
    for (const auto& rental : story.rentals)
      rentals.push_back(bank_rental_json(rental));
    boost::json::array cycles;
    for (const auto& cycle : story.cycles) {
      const auto worn = (cycle.start_battery - cycle.end_battery) * 100;
      cycles.push_back(boost::json::object{{"rental_id", cycle.rental.text()},
                                           {"start_battery", cycle.start_battery},
                                           {"end_battery", cycle.end_battery},
                                           {"cycle_contribution", cycles_text(worn)},
                                           {"at", to_rfc3339(cycle.at)}});
    }
    detail["stats"] = {{"minutes_rented", story.minutes_rented}};
    detail["rentals"] = std::move(rentals);
    detail["cycle_logs"] = std::move(cycles);
    out.answer(boost::json::serialize(detail));
  });
}

void history(exchange& in, const station_care& care) {
  auto fields = field_reader::of_query(in);
  const auto page = read_feed_page(fields);
  if (!fields.complete(in)) return;
  with_bank(in, care, [&care, page](exchange& out, const bank_story& story) {
    out.ask<bank_rentals>(
        care.reader, list_bank_rentals{story.bank->bank.id, page.cursor, page.page, page.limit},
        [page](exchange& last, const bank_rentals& found) {
          auto data = begin_results(found.rentals, bank_rental_json);
          append_feed_end(data, page, found.next_cursor, found.total);
          last.answer(data);
        },
        answer_page_refusal);
  });
}

void overview(exchange& in, const station_care& care) {
  in.ask<fleet_figures>(
      care.reader, look_at_fleet{},
      [](exchange& out, const fleet_figures& figures) {
        auto shown = parsed_json(figures.json);
        if (shown.is_object()) shown.get_object()["as_of"] = to_rfc3339(out.now());
        out.answer(boost::json::serialize(shown));
      },
      answer_refusal);
}

void judge(exchange& in, const station_care& care) {
  field_reader fields{in};
  set_bank_status wish;
  wish.status = fields.choice<bank_status>("status", {{"AVAILABLE", bank_status::available},
                                                      {"MAINTENANCE", bank_status::maintenance},
                                                      {"DAMAGED", bank_status::damaged}});
  wish.reason = fields.text("reason", {.shortest = 1, .longest = limits::reason_bytes_max});
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  with_bank(in, care, [&care, wish](exchange& out, const bank_story& story) {
    auto named = wish;
    named.bank = story.bank->bank.serial;
    out.ask<bank_image>(
        care.office, std::move(named),
        [&care](exchange& last, const bank_image& bank) {
          bank_row row{bank, {}, {}, {}};
          if (const auto* station = care.stations.table(last).find_any(bank.station)) {
            row.station_serial = station->view.facts.serial;
            row.station_name = station->view.facts.name;
          }
          last.answer(boost::json::serialize(bank_json(row)));
        },
        answer_refusal);
  });
}

}  // namespace

endpoints admin_bank_rows(const station_care& care) {
  const std::string all = "/api/admin/powerbanks";
  const std::string one = "/api/admin/powerbanks/{id}";
  const operator_need looks{permission::fleet, need::read};
  const operator_need writes{permission::fleet, need::write};
  endpoints rows;
  rows.push_back(operators_row(http_method::get, all, "Power banks by serial number", looks, list, care));
  rows.back().query = {
      {"status", "AVAILABLE, RESERVED, RENTED, MAINTENANCE, DAMAGED, MISSING, LOST, QUARANTINED"},
      {"station_id", "of a station"},
      {"station_sn", "or its serial number"},
      {"search", "beginning of the serial number"},
      {"min_battery", "0..100"},
      {"max_battery", "0..100"},
      {"page", "from 1"},
      {"page_size", "1..100, default 20"}};
  rows.push_back(operators_row(http_method::get, all + "/analytics/overview", "Figures of the fleet", looks,
                               overview, care));
  rows.push_back(operators_row(http_method::get, one,
                               "A power bank, by id or serial number, with its last rentals and wear", looks,
                               show, care));
  rows.push_back(
      operators_row(http_method::get, one + "/history", "Rentals of a power bank", looks, history, care));
  rows.back().query = {{"cursor", "from the answer before"},
                       {"limit", "1..100, default 20"},
                       {"page", "from 1, instead of a cursor"},
                       {"page_size", "with page"}};
  rows.push_back(operators_row(http_method::post, one + "/status",
                               "AVAILABLE (only in a slot), MAINTENANCE or DAMAGED", writes, judge, care));
  return rows;
}

}  // namespace chautari
