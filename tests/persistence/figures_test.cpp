#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/rentals/questions.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

namespace json = boost::json;

class figures_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection browser{database, session_kind::browsing};
  sample_maker make;
  user_image sita = make.rider();
  station_image patan;

  void SetUp() override {
    patan.id = make.id<station_id>();
    patan.serial = station_sn{"KTM-0001"};
    patan.cabinet = imei{"860000000000011"};
    patan.name = "Patan";
    patan.total_slots = 8;
    patan.media = patan.amenities = "[]";
    store(make.empty_record().add(patan));
  }
  void store(const record& entry) {
    const auto fate = writer.write({entry}).front();
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  rental_image rental(timestamp created_at, rental_status status, minutes used, money charged) {
    auto one = make.pending_rental(sita, make.seated_bank(patan.id, 1));
    one.station = patan.id;
    one.bank_serial = bank_sn{40000001};
    one.created_at = created_at;
    one.status = status;
    if (status != rental_status::cancelled) one.started_at = created_at;
    one.closure =
        status == rental_status::cancelled ? closure_reason::eject_failed : closure_reason::returned;
    one.ended_at = created_at + used;
    one.under_5_minutes = used < minutes{5};
    one.return_station = status == rental_status::cancelled ? station_id{} : patan.id;
    auto entry = make.empty_record();
    entry.add(one);
    if (charged > money{}) entry.add(rental_charge{one.id, charge_kind::base, 0, charged, "{}"});
    store(entry);
    return one;
  }
  json::array ask(rental_figure what, const std::string& period = "day",
                  std::optional<rental_status> status = {}) {
    load_rental_figures question;
    question.what = what;
    question.period = period;
    question.status = status;
    question.from = noon - hours{48};
    question.until = noon + hours{24};
    const auto told = answer(browser, question);
    EXPECT_TRUE(told);
    return json::parse(told->rows).as_array();
  }

  /// Noon of 2026-01-10 in Nepal.
  static constexpr timestamp noon = from_ms(1'768'025'700'000);
};

TEST_F(figures_on_postgres, days_are_nepals_and_the_empty_ones_are_there_too) {
  rental(noon, rental_status::completed, minutes{30}, money{50'00});
  rental(noon - hours{13}, rental_status::cancelled, minutes{1}, money{});  // 23:00 the day before.
  const auto days = ask(rental_figure::over_time);
  ASSERT_EQ(days.size(), 4U);
  EXPECT_EQ(days[0].at("date").as_string(), "2026-01-08");
  EXPECT_EQ(days[0].at("total").to_number<int>(), 0);
  EXPECT_EQ(days[1].at("cancelled").to_number<int>(), 1);
  EXPECT_EQ(days[2].at("completed").to_number<int>(), 1);
  EXPECT_EQ(days[2].at("total").to_number<int>(), 1);
  const auto late = ask(rental_figure::over_time, "day", rental_status::overdue);
  EXPECT_EQ(late[2].at("total").to_number<int>(), 0);
  EXPECT_EQ(ask(rental_figure::over_time, "month").size(), 1U);
}

TEST_F(figures_on_postgres, a_station_and_a_bank_are_ranked_by_what_they_did) {
  rental(noon, rental_status::completed, minutes{30}, money{50'00});
  rental(noon - hours{1}, rental_status::completed, minutes{20}, money{0});
  rental(noon - hours{2}, rental_status::cancelled, minutes{1}, money{});
  const auto stations = ask(rental_figure::of_stations);
  ASSERT_EQ(stations.size(), 1U);
  EXPECT_EQ(stations[0].at("sn").as_string(), patan.serial.value);
  EXPECT_EQ(stations[0].at("rentals").to_number<int>(), 2);
  EXPECT_EQ(stations[0].at("returns").to_number<int>(), 2);
  EXPECT_EQ(stations[0].at("ejections_failed").to_number<int>(), 1);
  EXPECT_EQ(stations[0].at("minutes_used").to_number<int>(), 50);
  EXPECT_EQ(stations[0].at("revenue").as_string(), "50.00");
  const auto banks = ask(rental_figure::of_banks);
  ASSERT_EQ(banks.size(), 1U);
  EXPECT_EQ(banks[0].at("bank_sn").as_string(), "40000001");
  EXPECT_EQ(banks[0].at("rentals").to_number<int>(), 2);
}

TEST_F(figures_on_postgres, a_bank_brought_back_at_once_three_times_in_a_row_is_suspect) {
  for (const int hours_ago : {3, 2, 1})
    rental(noon - hours{hours_ago}, rental_status::completed, minutes{2}, money{});
  EXPECT_TRUE(ask(rental_figure::of_banks)[0].at("is_maintenance_suggested").as_bool());
  rental(noon, rental_status::completed, minutes{30}, money{50'00});
  EXPECT_FALSE(ask(rental_figure::of_banks)[0].at("is_maintenance_suggested").as_bool());
}

TEST_F(figures_on_postgres, nothing_is_an_empty_table) {
  EXPECT_TRUE(ask(rental_figure::of_stations).empty());
  EXPECT_TRUE(ask(rental_figure::of_banks).empty());
}

}  // namespace
}  // namespace chautari::testing
