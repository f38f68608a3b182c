/// What became of the income of stations with partners: every distribution and every part taken back.

#include <boost/json.hpp>

#include "http/pricing/price_office.hpp"
#include "http/server/desk.hpp"
#include "http/stations/care_json.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

/// The figures of one distribution, or of many.
void add_amounts(json::object& shown, const income_share& amounts) {
  shown["gross"] = to_text(amounts.gross);
  shown["vat"] = to_text(amounts.vat);
  shown["service_charge"] = to_text(amounts.service);
  shown["net"] = to_text(amounts.net());
  shown["platform_share"] = to_text(amounts.platform());
  shown["franchise_share"] = to_text(amounts.franchise);
  shown["vendor_share"] = to_text(amounts.vendor);
}

json::value partner_json(partner_id id, std::int32_t hundredths, const price_list& prices) {
  if (id.is_nil()) return nullptr;
  const auto* who = find_price(prices.partners, id);
  return json::object{{"id", id.text()},
                      {"code", who == nullptr ? json::value{} : json::value(who->code)},
                      {"percent", to_text(money{hundredths})}};
}

json::object row_json(const exchange& in, const price_office& office, const price_list& prices,
                      const revenue_row& row) {
  const auto& what = row.what;
  json::object station{{"id", what.station.text()}, {"sn", nullptr}, {"name", nullptr}};
  if (const auto* known = office.stations.table(in).find_any(what.station)) {
    station["sn"] = known->view.facts.serial.text();
    station["name"] = known->view.facts.name;
  }
  json::object shown{
      {"id", what.id.text()},
      {"event_key", what.event_key},
      {"at", to_rfc3339(what.at)},
      {"rental_id", what.rental.text()},
      {"rental_code", row.rental_code},
      {"station", std::move(station)},
      {"kind", to_string(what.kind)},
      {"is_reversal", what.is_reversal},
      {"vat_percent", what.terms.vat_percent},
      {"service_percent", to_text(money{what.terms.service_hundredths})},
      {"franchise", partner_json(what.terms.franchise, what.terms.franchise_hundredths, prices)},
      {"vendor", partner_json(what.terms.vendor, what.terms.vendor_hundredths, prices)}};
  add_amounts(shown, what.amounts);
  return shown;
}

void list(exchange& in, const price_office& office) {
  auto fields = field_reader::of_query(in);
  const auto page = read_feed_page(fields);
  list_revenue question;
  question.station = fields.optional_id<station_id>("station_id");
  question.partner = fields.optional_id<partner_id>("partner_id");
  question.is_reversal = fields.optional_flag("is_reversal");
  question.from = read_day_or_time(fields, "from", false);
  question.until = read_day_or_time(fields, "to", true);
  if (!fields.complete(in)) return;
  question.cursor = page.cursor;
  question.page = page.page;
  question.limit = page.limit;
  with_prices(in, office, [&office, page, question](exchange& out, const price_list& prices) {
    // The list is gone when the answer comes; of it only the partners are wanted.
    price_list names;
    names.partners = prices.partners;
    out.ask<revenue_page>(
        office.reader, question,
        [&office, page, names](exchange& last, const revenue_page& found) {
          auto data = begin_results(
              found.rows, [&](const revenue_row& row) { return row_json(last, office, names, row); });
          append_feed_end(data, page, found.next_cursor, found.total);
          if (found.sums) {
            json::object sums{{"distributions", found.sums->distributions}};
            add_amounts(sums, found.sums->amounts);
            data.back() = ',';
            data += R"("summary":)" + json::serialize(sums) + '}';
          }
          last.answer(data);
        },
        answer_page_refusal);
  });
}

}  // namespace

endpoint list_revenue_row(const price_office& office) {
  auto row = price_office_row(http_method::get, "/api/admin/revenue",
                              "How income was shared with partners, newest first; sums with the first page",
                              [&office](exchange& in) { list(in, office); });
  row.wants->what = permission::partners;
  row.query = {{"station_id", "of a station"},           {"partner_id", "of a franchise or a vendor"},
               {"is_reversal", "true or false"},         {"from", "a day in Nepal, or a moment"},
               {"to", "the same; a day is meant whole"}, {"cursor", "from the answer before"},
               {"limit", "1..100, default 20"}};
  return row;
}

}  // namespace chautari
