/// Partners, their shares and free ejections on PostgreSQL: what is stored is read again, and the guards
/// hold.
#include <gtest/gtest.h>

#include "actors/accounts/ledger_postings.hpp"
#include "persistence/audit/audit.hpp"
#include "persistence/journal/batch_writer.hpp"
#include "persistence/pricing/questions.hpp"
#include "persistence/reader/questions.hpp"
#include "persistence/recovery/recover.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

using kind = record_fate::kind;

class partners_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection reader{database, session_kind::reading};
  sample_maker make;
  station_id station = make.id<station_id>();
  business_partner franchise = partner("FR-001", partner_type::franchise);
  business_partner vendor = partner("VNREV-001", partner_type::vendor);

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
  business_partner partner(const std::string& code, partner_type type) {
    business_partner one;
    one.id = make.id<partner_id>();
    one.code = code;
    one.user = make.id<user_id>();
    one.type = type;
    one.vendor = type == partner_type::vendor ? vendor_type::revenue : vendor_type::none;
    one.business_name = "Asan Traders";
    one.contact_phone = "9801234567";
    one.share_hundredths = type == partner_type::franchise ? 3000 : 0;
    one.created_by = "seed";
    one.created_at = make.now();
    return one;
  }
  station_partner given_to(const business_partner& who) {
    station_partner one;
    one.id = make.id<station_partner_id>();
    one.station = station;
    one.partner = who.id;
    const bool is_vendor = who.type == partner_type::vendor;
    one.role = is_vendor ? station_role::station_operator : station_role::owner;
    one.model = is_vendor ? revenue_model::percentage : revenue_model::none;
    one.percent_hundredths = is_vendor ? 1000 : 0;
    one.valid_from = make.now();
    one.created_by = "seed";
    return one;
  }
  revenue_terms terms() const { return {franchise.id, 3000, vendor.id, 1000, 13, 250}; }
  /// A distribution of its own rental, with its journal.
  std::pair<revenue_distribution, ledger_journal> shared(std::int64_t gross, timestamp at) {
    revenue_distribution one;
    one.rental = make.id<rental_id>();
    one.station = station;
    one.event_key = "rental:" + one.rental.text() + ":earn:share";
    one.terms = terms();
    one.amounts = gross < 0 ? -share_of({-gross}, one.terms) : share_of({gross}, one.terms);
    one.is_reversal = gross < 0;
    one.at = at;
    one.id = make.id<ledger_journal_id>();
    const posting of{one.id, make.id<user_id>(), one.rental, at};
    return {one, *share_journal(of, one.event_key, one.terms, one.amounts)};
  }
};

TEST_F(partners_on_postgres, everything_about_partners_comes_back_after_a_restart) {
  const auto owner = given_to(franchise);
  auto before = given_to(vendor);
  store(franchise, vendor, owner, before);
  before.valid_until = make.now();
  auto after = given_to(vendor);
  after.model = revenue_model::fixed;
  after.percent_hundredths = 0;
  store(before, after);
  const auto read = prices();
  ASSERT_EQ(read.partners.size(), 2U);
  EXPECT_EQ(read.partners[0].code, "FR-001");
  EXPECT_EQ(read.partners[0].share_hundredths, 3000);
  EXPECT_EQ(read.partners[1].user, vendor.user);
  ASSERT_EQ(read.station_partners.size(), 3U);
  const auto now = revenue_terms_at(read, station, {});
  ASSERT_TRUE(now);
  EXPECT_EQ(*now, (revenue_terms{franchise.id, 3000, vendor.id, 0, 13, 250}));
  EXPECT_EQ(vendor_at(read, station, vendor.user)->id, vendor.id);
  EXPECT_EQ(vendor_at(read, station, franchise.user), nullptr);
}

TEST_F(partners_on_postgres, a_station_has_one_owner_and_one_operator_and_a_rider_is_one_partner) {
  store(franchise, vendor, given_to(franchise), given_to(vendor));
  EXPECT_EQ(refused_by(given_to(vendor)), "station_partners_one_in_force");
  EXPECT_EQ(refused_by(given_to(franchise)), "station_partners_one_in_force");
  auto same_rider = partner("FR-002", partner_type::franchise);
  same_rider.user = vendor.user;
  EXPECT_EQ(refused_by(same_rider), "partners_user");
  EXPECT_EQ(refused_by(partner("FR-001", partner_type::franchise)), "partners_code");
  EXPECT_EQ(refused_by(price_row_removed{price_table::partners, vendor.id.value}), "price_row_in_use");
  const auto idle = partner("FR-003", partner_type::franchise);
  store(idle);
  store(price_row_removed{price_table::partners, idle.id.value});
  EXPECT_EQ(prices().partners.size(), 2U);
}

TEST_F(partners_on_postgres, a_vendor_has_one_free_ejection_a_day_until_it_is_given_back) {
  vendor_ejection first{make.id<rental_id>(), vendor.id, station, 20'000};
  vendor_ejection second{make.id<rental_id>(), vendor.id, station, 20'000};
  const count_free_ejections today{vendor.id, station, 20'000};
  store(first);
  EXPECT_EQ(refused_by(second), "vendor_ejections_one_a_day");
  EXPECT_EQ(answer(reader, today)->rows, 1);
  auto tomorrow = second;
  tomorrow.day = 20'001;
  tomorrow.rental = make.id<rental_id>();
  store(tomorrow);
  first.is_released = true;
  store(first, second);
  EXPECT_EQ(answer(reader, today)->rows, 1) << "of the second one";
  EXPECT_EQ(refused_by(vendor_ejection{make.id<rental_id>(), vendor.id, station, 20'000}),
            "vendor_ejections_one_a_day");
}

TEST_F(partners_on_postgres, an_income_is_shared_once_and_its_row_stays) {
  const auto [row, journal] = shared(5000, make.now());
  store(row, journal);
  auto again = row;
  again.id = make.id<ledger_journal_id>();
  EXPECT_EQ(refused_by(again), "revenue_distributions_event_key");
  EXPECT_THROW(
      database_connection(database, session_kind::writing).run_script("delete from revenue_distributions"),
      database_error);
  EXPECT_EQ(audit(database), std::vector<std::string>{});
  auto [unposted, forgotten] = shared(5000, make.now());
  store(unposted);
  const auto findings = audit(database);
  ASSERT_EQ(findings.size(), 3U) << "the event, and both partners";
  EXPECT_NE(findings[0].find(unposted.event_key), std::string::npos) << findings[0];
}

TEST_F(partners_on_postgres, distributions_are_listed_newest_first_with_their_sums) {
  const auto begin = make.now();
  for (int n = 0; n < 3; ++n) {
    const auto [row, journal] = shared(5000, begin + minutes{n});
    store(row, journal);
  }
  const auto [back, reversal] = shared(-2000, begin + minutes{3});
  store(back, reversal);
  list_revenue all;
  all.partner = vendor.id;
  all.limit = 3;
  const auto first = answer(reader, all).value();
  ASSERT_EQ(first.rows.size(), 3U);
  EXPECT_TRUE(first.rows[0].what.is_reversal);
  EXPECT_EQ(first.rows[0].what.amounts, back.amounts);
  EXPECT_EQ(first.rows[0].what.terms, terms());
  ASSERT_TRUE(first.sums);
  EXPECT_EQ(first.sums->distributions, 4);
  EXPECT_EQ(first.sums->amounts.gross, money{3 * 5000 - 2000});
  EXPECT_EQ(first.sums->amounts.franchise, money{3 * 1141} + back.amounts.franchise);
  all.cursor = first.next_cursor;
  const auto rest = answer(reader, all).value();
  ASSERT_EQ(rest.rows.size(), 1U);
  EXPECT_EQ(rest.rows[0].what.at, begin);
  EXPECT_FALSE(rest.sums);
  EXPECT_EQ(rest.next_cursor, "");
  list_revenue narrow;
  narrow.station = station;
  narrow.is_reversal = false;
  narrow.from = begin + minutes{1};
  narrow.until = begin + minutes{2};
  EXPECT_EQ(answer(reader, narrow)->rows.size(), 1U);
  narrow.station = make.id<station_id>();
  EXPECT_TRUE(answer(reader, narrow)->rows.empty());
  narrow.cursor = "no cursor";
  EXPECT_FALSE(answer(reader, narrow));
}

TEST_F(partners_on_postgres, a_rental_remembers_who_shares_in_it_and_for_whom_it_was_free) {
  const auto rider = make.rider();
  auto rental = make.pending_rental(rider, make.seated_bank(station, 1));
  rental.life.revenue.emplace().terms = terms();
  rental.life.revenue->shared[2] = share_of({7167}, terms());
  rental.life.free_for = vendor.id;
  store(rental);
  const auto read = answer(reader, load_rental{rental.id, {}}).value();
  ASSERT_TRUE(read.rental);
  EXPECT_EQ(read.rental->life, rental.life);
}

}  // namespace
}  // namespace chautari::testing
