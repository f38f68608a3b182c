/// POST /api/payments/calculate-options: what a package or a due would cost now and how it could be paid
/// (users_money 2.2). Informational: whoever charges counts again.
#include <boost/json/serialize.hpp>

#include "http/pricing/pricing_door.hpp"
#include "http/rentals/rental_commands.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/pricing/late_fee.hpp"
#include "protocols/pricing/payment_options.hpp"
#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

struct question {
  std::optional<package_id> package;
  std::optional<rental_id> rental;
  std::optional<std::string> station;
  payment_wish pay;
};

question read_question(field_reader& fields) {
  question asked;
  asked.package = fields.optional_id<package_id>("package_id");
  asked.rental = fields.optional_id<rental_id>("rental_id");
  asked.station = fields.optional_text("station_sn", {.shortest = 1, .longest = 255});
  asked.pay = read_payment(fields);
  if (asked.package && asked.rental) fields.note("rental_id", "conflict", "Name a package or a rental.");
  if (asked.station && asked.rental) fields.note("station_sn", "conflict", "A rental has its price.");
  return asked;
}

void answer_options(exchange& in, const pricing_door& door, std::string_view scenario,
                    const payment_wish& pay, money amount) {
  in.ask<wallet_view>(
      door.accounts(), look_at_wallet{in.user()},
      [scenario, pay, amount](exchange& out, const wallet_view& wallet) {
        const payment_means means{wallet.balance(), wallet.current_points};
        const auto options = payment_options_of(means, pay, amount);
        if (const auto* why = std::get_if<rental_refusal>(&options)) return answer_refusal(out, refuse(*why));
        out.answer(boost::json::serialize(
            payment_options_json(scenario, means, pay, amount, std::get<payment_options>(options))));
      },
      answer_refusal);
}

void quote_package(exchange& in, const pricing_door& door, const question& asked) {
  const auto* package = door.prices(in).find(*asked.package);
  if (package == nullptr) return answer_refusal(in, refuse(rental_refusal::package_not_found));
  if (package->model == payment_model::postpaid)
    return answer_refusal(in, refuse(rental_refusal::invalid_package_payment_model));
  if (!asked.station) return answer_options(in, door, "pre_payment", asked.pay, package->price);
  const auto* station = door.rentals().stations.table(in).find(station_sn{*asked.station});
  if (station == nullptr) return answer_refusal(in, refuse(station_refusal::station_not_found));
  with_offers(in, door, station->view.facts.id, package->id,
              [&door, pay = asked.pay, price = package->price](exchange& out, const auto& offers) {
                const auto percent = offers.empty() ? 0 : offers.front().percent_hundredths;
                answer_options(out, door, "pre_payment", pay, discounted_hundredths(price, percent).actual);
              });
}

void quote_due(exchange& in, const pricing_door& door, const question& asked) {
  with_rental(in, door.rentals(), *asked.rental,
              [&door, pay = asked.pay](exchange& out, const rental_image& rental) {
                const auto due = bill_at(rental, out.now()).due();
                if (due <= money{}) return answer_refusal(out, refuse(rental_refusal::no_due_amount));
                answer_options(out, door, "post_payment", pay, due);
              });
}

void calculate(exchange& in, const pricing_door& door) {
  field_reader fields{in};
  const auto asked = read_question(fields);
  if (fields.problems().empty() && !asked.package && !asked.rental) fields.note("package_id", "required");
  if (!fields.complete(in)) return;
  if (asked.package) return quote_package(in, door, asked);
  quote_due(in, door, asked);
}

}  // namespace

endpoint calculate_options_row(const pricing_door& door) {
  return {.verb = http_method::post,
          .path = "/api/payments/calculate-options",
          .who = access::user_access,
          .summary = "How a package, or what is owed of a rental, could be paid now",
          .handle = [&door](exchange& in) { calculate(in, door); },
          .aliases = {"/api/payment/calculate-options"},
          .body = body_kind::json};
}

}  // namespace chautari
