#include <gtest/gtest.h>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/pricing/questions.hpp"
#include "persistence/recovery/recover.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

using kind = record_fate::kind;
using use_state = discount_use_state;

class prices_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection reader{database, session_kind::reading};
  sample_maker make;
  user_image rider = make.rider();
  station_id station = make.id<station_id>();
  rental_package hour{make.id<package_id>(), "1 Hour", "", 60, {5000}};

  template <class... Parts>
  record holding(const Parts&... parts) {
    auto entry = make.empty_record();
    (entry.add(parts), ...);
    return entry;
  }
  template <class... Parts>
  void store(const Parts&... parts) {
    const auto fate = writer.write({holding(parts...)}).front();
    ASSERT_EQ(fate.what, kind::stored) << fate.message;
  }
  template <class... Parts>
  std::string refused_by(const Parts&... parts) {
    const auto fate = writer.write({holding(parts...)}).front();
    return fate.what == kind::refused ? fate.constraint : "";
  }
  price_list prices() {
    const auto report = recover(database, make.now());
    EXPECT_EQ(report.problem, "");
    return report.network.prices;
  }
  late_fee_configuration fees(const std::string& name, bool is_active) {
    late_fee_configuration one{make.id<late_fee_id>(), name, {}, is_active};
    one.terms.daily_cap = money{10000};
    one.terms.applies_to = {package_type::hourly, package_type::daily};
    one.metadata = R"({"since":"spring"})";
    return one;
  }
  station_discount discount(std::optional<std::int32_t> uses_max = {}) {
    station_discount one;
    one.id = make.id<discount_id>();
    one.station = station;
    one.package = hour.id;
    one.percent_hundredths = 1250;
    one.total_uses_max = uses_max;
    one.uses_per_user_max = 3;
    one.valid_from = make.now();
    one.valid_until = one.valid_from + hours{24};
    one.created_by = "maya";
    one.created_at = make.now();
    return one;
  }
  discount_use use(const station_discount& of, rental_id rental, use_state state) {
    return {of.id, rental, rider.id, state, make.now()};
  }
  std::string counters() {
    return query(database, "select used || ' used ' || reserved || ' reserved' from station_discounts");
  }
};

TEST_F(prices_on_postgres, everything_about_prices_is_there_after_a_restart) {
  hour.metadata = R"({"colour":"red"})";
  rental_package day{make.id<package_id>(),   "Day", "All day", 1440, {30000}, package_type::daily,
                     payment_model::postpaid, false};
  const auto mild = fees("mild", true);
  const auto harsh = fees("harsh", false);
  auto cut = discount(40);
  cut.may_be_free = true;
  cut.used = 7;  // Not the image's business.
  store(day, hour, mild, harsh, cut);
  const auto now = prices();
  ASSERT_EQ(now.packages.size(), 2U);
  EXPECT_EQ(now.packages[0].metadata, hour.metadata);
  EXPECT_EQ(now.packages[1].model, payment_model::postpaid);
  EXPECT_FALSE(now.packages[1].is_active);
  ASSERT_EQ(now.late_fees.size(), 2U);
  EXPECT_EQ(now.late_fees[0].name, "harsh");
  EXPECT_EQ(now.late_fees[0].terms.applies_to, harsh.terms.applies_to);
  EXPECT_EQ(now.late_fees[0].metadata, harsh.metadata);
  ASSERT_TRUE(now.active_late_fee);
  EXPECT_EQ(now.active_late_fee->daily_cap, money{10000});
  ASSERT_EQ(now.discounts.size(), 1U);
  const auto& read = now.discounts[0];
  EXPECT_EQ(read.id, cut.id);
  EXPECT_EQ(read.percent_hundredths, 1250);
  EXPECT_EQ(read.total_uses_max, 40);
  EXPECT_EQ(read.uses_per_user_max, 3);
  EXPECT_EQ(read.valid_from, cut.valid_from);
  EXPECT_EQ(read.valid_until, cut.valid_until);
  EXPECT_TRUE(read.may_be_free);
  EXPECT_EQ(read.used, 0);
  EXPECT_EQ(read.created_by, "maya");
  EXPECT_NE(now.discount_at(station, hour.id, cut.valid_until), nullptr);
}

TEST_F(prices_on_postgres, one_late_fee_is_active_and_another_takes_its_place_in_one_record) {
  auto mild = fees("mild", true);
  store(mild);
  auto harsh = fees("harsh", true);
  EXPECT_EQ(refused_by(harsh), "late_fee_configurations_one_active");
  mild.is_active = false;
  store(mild, harsh);
  mild.is_active = true;
  harsh.is_active = false;
  store(mild, harsh);
  EXPECT_EQ(query(database, "select name from late_fee_configurations where is_active"), "mild");
}

TEST_F(prices_on_postgres, a_use_goes_on_from_reserved_to_confirmed_to_released_and_never_back) {
  const auto cut = discount(2);
  const auto first = make.id<rental_id>();
  const auto second = make.id<rental_id>();
  store(cut, use(cut, first, use_state::reserved));
  EXPECT_EQ(counters(), "0 used 1 reserved");
  store(use(cut, first, use_state::reserved));
  EXPECT_EQ(counters(), "0 used 1 reserved") << "one use per discount and rental";
  store(use(cut, first, use_state::confirmed), use(cut, second, use_state::reserved));
  EXPECT_EQ(counters(), "1 used 1 reserved");
  store(use(cut, first, use_state::reserved));
  store(use(cut, second, use_state::released));
  EXPECT_EQ(counters(), "1 used 0 reserved");
  store(use(cut, second, use_state::confirmed));
  EXPECT_EQ(counters(), "1 used 0 reserved");
  store(use(cut, first, use_state::released));
  EXPECT_EQ(counters(), "0 used 0 reserved");
  EXPECT_EQ(query(database, "select count(*) from discount_uses where state = 'RELEASED'"), "2");
}

TEST_F(prices_on_postgres, uses_of_one_batch_count_as_those_of_many) {
  const auto cut = discount();
  store(cut);
  std::vector<record> batch;
  for (int i = 0; i < 5; ++i) {
    const auto rental = make.id<rental_id>();
    batch.push_back(holding(use(cut, rental, use_state::reserved)));
    if (i < 3) batch.push_back(holding(use(cut, rental, use_state::confirmed)));
    if (i < 1) batch.push_back(holding(use(cut, rental, use_state::released)));
  }
  for (const auto& fate : writer.write(batch))
    EXPECT_EQ(fate.what, kind::stored);
  EXPECT_EQ(counters(), "2 used 2 reserved");
}

TEST_F(prices_on_postgres, the_last_use_is_given_away_once) {
  const auto cut = discount(1);
  store(cut);
  const auto fates = writer.write({holding(use(cut, make.id<rental_id>(), use_state::reserved)),
                                   holding(use(cut, make.id<rental_id>(), use_state::reserved))});
  EXPECT_EQ(fates[0].what, kind::stored);
  EXPECT_EQ(fates[1].constraint, "station_discounts_not_overdrawn");
  auto smaller = cut;
  smaller.percent_hundredths = 10001;
  EXPECT_EQ(refused_by(smaller), "station_discounts_percent_hundredths_check");
  auto endless = cut;
  endless.valid_until = endless.valid_from;
  EXPECT_EQ(refused_by(endless), "station_discounts_begin_before_they_end");
  EXPECT_EQ(refused_by(discount()), "station_discounts_one_per_package");
  store(cut);
  EXPECT_EQ(counters(), "0 used 1 reserved") << "an operator's change leaves the counters alone";
}

TEST_F(prices_on_postgres, only_what_nothing_refers_to_can_be_removed) {
  const auto gone = [](price_table table, const auto& id) { return price_row_removed{table, id.value}; };
  const auto cut = discount();
  const auto active = fees("active", true);
  const auto idle = fees("idle", false);
  const auto rental = make.id<rental_id>();
  store(hour, cut, active, idle, use(cut, rental, use_state::reserved));
  EXPECT_EQ(refused_by(gone(price_table::packages, hour.id)), "price_row_in_use");
  EXPECT_EQ(refused_by(gone(price_table::discounts, cut.id)), "price_row_in_use");
  EXPECT_EQ(refused_by(gone(price_table::late_fees, active.id)), "price_row_in_use");
  store(gone(price_table::late_fees, idle.id), use(cut, rental, use_state::released));
  store(gone(price_table::discounts, cut.id), gone(price_table::packages, hour.id));
  const auto left = prices();
  EXPECT_TRUE(left.packages.empty());
  EXPECT_TRUE(left.discounts.empty());
  EXPECT_EQ(left.late_fees.size(), 1U);
}

TEST_F(prices_on_postgres, uses_of_a_package_are_rentals_and_extensions) {
  const auto unused = answer(reader, count_price_uses{price_table::packages, hour.id.value, {}}).value();
  EXPECT_EQ(unused.uses, 0);
  auto rental = make.pending_rental(rider, make.seated_bank(station, 1));
  rental.package = hour;
  store(rental, rental_extension{make.id<extension_id>(), rental.id, hour.id, rider.id, 60, {}, make.now()});
  const auto uses = answer(reader, count_price_uses{price_table::packages, hour.id.value, {}}).value();
  EXPECT_EQ(uses.uses, 2);
  EXPECT_EQ(uses.confirmed, 1) << "the bank of the rental is not out yet";
  EXPECT_EQ(uses.riders, 1);
}

TEST_F(prices_on_postgres, a_discount_knows_its_riders_and_what_it_took_off) {
  const auto cut = discount();
  store(cut);
  const auto rented = [&](payment_model model, use_state state) {
    const auto somebody = make.rider();
    auto rental = make.pending_rental(somebody, make.seated_bank(station, 1));
    rental.package.model = model;
    rental.life.discount = cut.id;
    rental.life.discount_hundredths = cut.percent_hundredths;
    if (model == payment_model::prepaid)
      rental.price = {4375};  // 50.00 less 12.5 %.
    else
      rental.life.usage_charged = {875};  // 10.00 less 12.5 %.
    if (model == payment_model::postpaid) rental.price = {};
    store(rental, discount_use{cut.id, rental.id, somebody.id, state, make.now()});
    return somebody.id;
  };
  rented(payment_model::prepaid, use_state::confirmed);
  rented(payment_model::postpaid, use_state::confirmed);
  const auto waiting = rented(payment_model::prepaid, use_state::reserved);
  rented(payment_model::prepaid, use_state::released);
  const auto uses = answer(reader, count_price_uses{price_table::discounts, cut.id.value, {}}).value();
  EXPECT_EQ(uses.uses, 3);
  EXPECT_EQ(uses.confirmed, 2);
  EXPECT_EQ(uses.riders, 3);
  EXPECT_EQ(uses.saved, money{625 + 125});
  const auto one = answer(reader, count_price_uses{price_table::discounts, cut.id.value, waiting}).value();
  EXPECT_EQ(one.uses, 1);
}

}  // namespace
}  // namespace chautari::testing
