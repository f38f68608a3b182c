/// What operators do to prices: each change is one record with its line of the audit log, and everybody hears
/// of it before the operator does.

#include <boost/json.hpp>

#include "actors/pricing/price_rules.hpp"
#include "actors/pricing/prices_actor.hpp"
#include "actors/stations/office_rules.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/operations/feed.hpp"

namespace chautari {
namespace {

std::string_view verb_of(price_action action) {
  switch (action) {
    case price_action::create:
      return "create";
    case price_action::change:
      return "change";
    case price_action::remove:
      return "delete";
    case price_action::activate:
      return "activate";
    case price_action::deactivate:
      break;
  }
  return "deactivate";
}

/// "package.change"
template <class Row>
std::string action_of(const change_price& wish) {
  return std::string{rows_of<Row>::word} + '.' + std::string{verb_of(wish.action)};
}

template <class Row>
std::string text_of(const Row& row) {
  return boost::json::serialize(show_price(row));
}

template <class Row>
Row* find_wished(price_list& list, const change_price& wish) {
  const auto id = decltype(Row::id)::parse(wish.id);
  return id ? find_price(rows_of<Row>::in(list), *id) : nullptr;
}

template <class Row>
difference difference_of(const std::optional<Row>& before, const std::optional<Row>& after) {
  const auto was = before ? show_price(*before) : boost::json::object{};
  const auto is = after ? show_price(*after) : boost::json::object{};
  difference what;
  if (!before || !after) return {was, is};
  for (const auto& field : is)
    what.note(field.key(), was.at(field.key()), field.value());
  return what;
}

/// What the request makes of the row; everything wrong with it otherwise.
template <class Row>
price_problems read_wish(Row& row, const change_price& wish) {
  const auto how = wish.action == price_action::create ? price_reading::create : price_reading::change;
  boost::system::error_code malformed;
  const auto body = boost::json::parse(wish.fields, malformed);
  if (malformed || !body.is_object()) return {{"", "wrong_type"}};
  return read_price(row, body.get_object(), how);
}

void sign(const price_list&, rental_package&, const change_price&, timestamp) {}
void sign(const price_list&, late_fee_configuration&, const change_price&, timestamp) {}
void sign(const price_list&, station_discount& row, const change_price& wish, timestamp now) {
  row.created_by = wish.by.who.text();
  row.created_at = now;
}
void sign(const price_list& list, business_partner& row, const change_price& wish, timestamp now) {
  row.code = next_partner_code(list, row);
  row.created_by = wish.by.who.text();
  row.created_at = now;
}
void sign(const price_list& list, station_partner& row, const change_price& wish, timestamp now) {
  const auto* who = find_price(list.partners, row.partner);
  const bool is_owner = who != nullptr && who->type == partner_type::franchise;
  row.role = is_owner ? station_role::owner : station_role::station_operator;
  row.valid_from = now;
  row.created_by = wish.by.who.text();
}

/// Rows that say who was what, and when: they end, and stay.
template <class Row>
constexpr bool is_history = std::is_same_v<Row, station_partner>;
/// Nobody but the list itself can refer to such a row.
template <class Row>
constexpr bool is_counted = std::is_same_v<Row, rental_package> || std::is_same_v<Row, station_discount>;

}  // namespace

void prices_state::store(record entry, std::string row, std::function<void()> done, answer_promise promise) {
  const auto& line = std::get<audit_entry>(entry.parts.front());
  const boost::json::object news{{"action", line.action}, {"id", line.entity_id}};
  self->request(world->journal, caf::infinite, std::move(entry))
      .await(
          [=, this, row = std::move(row), done = std::move(done)](const stored&) mutable {
            done();
            handed_out_.reset();
            tell_everybody();
            tell_operators(self, *world, "operator.action", feed_severity::info, {}, news);
            promise.deliver(price_changed{row});
          },
          [promise](caf::error& why) mutable { promise.deliver(why); });
}

template <class Row>
void prices_state::put(const change_price& wish, answer_promise promise) {
  using rows = rows_of<Row>;
  const bool is_new = wish.action == price_action::create;
  const auto* known = is_new ? nullptr : find_wished<Row>(list, wish);
  const auto refused = [&promise](price_refusal why, std::string context = {}) {
    promise.deliver(refuse(why, std::move(context)));
  };
  if (!is_new && known == nullptr) return refused(rows::not_found);
  if (is_new && rows::in(list).size() >= rows::most) return refused(price_refusal::too_many_prices);
  const auto before = known == nullptr ? std::nullopt : std::optional{*known};
  Row after = before.value_or(Row{});
  if (wish.action == price_action::activate || wish.action == price_action::deactivate) {
    rows::set_active(after, wish.action == price_action::activate, world->now());
  } else if (const auto problems = read_wish(after, wish); !problems.empty()) {
    return refused(price_refusal::validation_error, context_of(problems));
  }
  if (is_new) {
    after.id = world->ids.make<decltype(Row::id)>();
    sign(list, after, wish, world->now());
  }
  if (const auto why = rows::refuse(list, after)) return refused(*why);
  const auto what = difference_of(before, std::optional{after});
  if (what.is_empty()) {
    promise.deliver(price_changed{text_of(after)});
    return;
  }
  auto entry = audited(*world, wish.by, action_of<Row>(wish), std::string{rows::word}, after.id.text(), what);
  // The one that was active stops being it first: there is never a second one, not even within a record.
  const auto displaced = displaced_by(list, after);
  for (const auto& one : displaced)
    entry.add(one);
  entry.add(after);
  auto done = [=, this] {
    for (const auto& one : displaced)
      take(list, one);
    take(list, after);
  };
  store(std::move(entry), text_of(after), done, promise);
}

template <class Row>
void prices_state::take_out(const change_price& wish, const Row& row, answer_promise promise) {
  const auto what = difference_of(std::optional{row}, std::optional<Row>{});
  auto entry =
      audited(*world, wish.by, action_of<Row>(wish), std::string{rows_of<Row>::word}, row.id.text(), what);
  entry.add(price_row_removed{rows_of<Row>::table, row.id.value});
  auto done = [=, this] { drop(list, row); };
  store(std::move(entry), {}, done, promise);
}

template <class Row>
void prices_state::remove(const change_price& wish, answer_promise promise) {
  using rows = rows_of<Row>;
  const auto* known = find_wished<Row>(list, wish);
  auto why = known == nullptr ? std::optional{rows::not_found} : rows::refuse_removal(list, *known);
  if (why) {
    promise.deliver(refuse(*why));
    return;
  }
  if (is_history<Row>) {
    auto ended = wish;
    ended.action = price_action::deactivate;
    return put<Row>(ended, promise);
  }
  // A rental has its own copy of late-fee terms: nothing refers to a configuration.
  if (!is_counted<Row>) return take_out(wish, *known, promise);
  auto counted = [=, this, row = *known](const price_uses& found) mutable {
    if (found.uses == 0 && uses.reserved(discount_id{row.id.value}) == 0) {
      take_out(wish, row, promise);
    } else if (rows::table == price_table::packages) {
      promise.deliver(refuse(price_refusal::package_in_use));
    } else {
      auto retired = wish;
      retired.action = price_action::deactivate;
      put<Row>(retired, promise);
    }
  };
  self->request(world->reader, caf::infinite, count_price_uses{rows::table, known->id.value, {}})
      .await(counted, [promise](caf::error& failure) mutable { promise.deliver(failure); });
}

caf::typed_response_promise<price_changed> prices_state::change(const change_price& wish) {
  auto promise = self->make_response_promise<price_changed>();
  const auto act = [&]<class Row>(const Row*) {
    wish.action == price_action::remove ? remove<Row>(wish, promise) : put<Row>(wish, promise);
  };
  switch (wish.table) {
    case price_table::packages:
      act(static_cast<const rental_package*>(nullptr));
      break;
    case price_table::late_fees:
      act(static_cast<const late_fee_configuration*>(nullptr));
      break;
    case price_table::discounts:
      act(static_cast<const station_discount*>(nullptr));
      break;
    case price_table::partners:
      act(static_cast<const business_partner*>(nullptr));
      break;
    case price_table::station_partners:
      act(static_cast<const station_partner*>(nullptr));
  }
  return promise;
}

}  // namespace chautari
