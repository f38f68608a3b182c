#include <gtest/gtest.h>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/operations/questions.hpp"
#include "persistence/reader/questions.hpp"
#include "persistence/rentals/questions.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

class office_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection browser{database, session_kind::browsing};
  sample_maker make;
  user_image sita = make.rider();
  station_id station = make.id<station_id>();

  void store(const record& entry) {
    const auto fate = writer.write({entry}).front();
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  /// A rental that is over; `change` makes it special.
  template <class Change>
  rental_image rental(Change change) {
    auto one = make.pending_rental(sita, make.seated_bank(station, 1));
    one.status = rental_status::completed;
    one.closure = closure_reason::returned;
    one.ended_at = make.now();
    change(one);
    store(make.empty_record().add(one));
    return one;
  }
  std::vector<rental_id> found(const search_rentals& wanted) {
    const auto table = answer(browser, wanted);
    EXPECT_TRUE(table);
    std::vector<rental_id> ids;
    for (const auto& row : table->rentals)
      ids.push_back(row.rental.id);
    return ids;
  }
  audit_entry noted(const std::string& action, const std::string& actor) {
    audit_entry entry;
    entry.id = make.id<audit_id>();
    entry.at = make.now();
    entry.actor = audit_actor::admin;
    entry.actor_id = actor;
    entry.action = action;
    entry.entity = "station";
    entry.entity_id = "KTM-0001";
    entry.after = R"({"is_maintenance":true})";
    store(make.empty_record().add(entry));
    return entry;
  }
};

using ids = std::vector<rental_id>;

TEST_F(office_on_postgres, rentals_are_found_by_each_filter_and_by_all_together) {
  const auto plain = rental([](auto&) {});
  const auto owing = rental([](auto& one) { one.due = {700}; });
  const auto given_back = rental([](auto& one) { one.status = rental_status::cancelled; });
  const auto other = rental([&](auto& one) {
    one.rider = make.id<user_id>();
    one.return_station = station;
    one.station = make.id<station_id>();
  });
  EXPECT_EQ(found({}), (ids{other.id, given_back.id, owing.id, plain.id})) << "newest first";
  search_rentals wanted;
  wanted.status = rental_status::cancelled;
  EXPECT_EQ(found(wanted), ids{given_back.id});
  wanted = {};
  wanted.payment_status = "PENDING";
  EXPECT_EQ(found(wanted), ids{owing.id});
  wanted.payment_status = "REFUNDED";
  EXPECT_EQ(found(wanted), ids{given_back.id});
  wanted.payment_status = "PAID";
  EXPECT_EQ(found(wanted), (ids{other.id, plain.id}));
  wanted.rider = sita.id;
  EXPECT_EQ(found(wanted), ids{plain.id});
  wanted = {};
  wanted.station = station;
  EXPECT_EQ(found(wanted).size(), 4U) << "returned there counts too";
  wanted = {};
  wanted.from = owing.created_at;
  wanted.until = given_back.created_at;
  EXPECT_EQ(found(wanted), ids{owing.id});
}

TEST_F(office_on_postgres, a_search_means_its_letters_and_nothing_else) {
  const auto odd = rental([](auto& one) { one.rider_name = "50%_off\\"; });
  const auto even = rental([](auto& one) { one.rider_name = "50 per off"; });
  search_rentals wanted;
  wanted.search = "50%_O";
  EXPECT_EQ(found(wanted), ids{odd.id});
  wanted.search = "off\\";
  EXPECT_EQ(found(wanted), ids{odd.id});
  wanted.search = "off";
  EXPECT_EQ(found(wanted), (ids{even.id, odd.id}));
  wanted.search = even.code.substr(0, 8);
  EXPECT_EQ(found(wanted), ids{even.id});
  wanted.search = odd.bank_serial.text();
  EXPECT_EQ(found(wanted), ids{odd.id});
  wanted.search = "' or true --";
  EXPECT_TRUE(found(wanted).empty());
}

TEST_F(office_on_postgres, pages_count_everything_and_one_beyond_the_end_is_empty) {
  ids all;
  for (int at = 0; at < 5; ++at)
    all.push_back(rental([&](auto& one) { one.due_at = make.now() - hours{at}; }).id);
  search_rentals wanted;
  wanted.limit = 2;
  wanted.order = rental_order::oldest;
  wanted.page = 2;
  EXPECT_EQ(found(wanted), (ids{all[2], all[3]}));
  EXPECT_EQ(answer(browser, wanted)->total, 5);
  wanted.page = 4;
  EXPECT_TRUE(found(wanted).empty());
  EXPECT_EQ(answer(browser, wanted)->total, 5);
  wanted.page = 1;
  wanted.order = rental_order::due_first;
  EXPECT_EQ(found(wanted), (ids{all[4], all[3]}));
  wanted.order = rental_order::due_last;
  EXPECT_EQ(found(wanted), (ids{all[0], all[1]}));
}

TEST_F(office_on_postgres, a_story_has_every_line_in_order) {
  store(make.empty_record().add(sita).add(make.top_up(sita, {50000})));
  rental_image started;
  store(make.start(sita, make.seated_bank(station, 1), &started));
  const auto later = make.now() + hours{1};
  store(make.empty_record()
            .add(rental_log_entry{started.id, 2, "second", "", make.now(), later, "{\"n\":2}"})
            .add(rental_log_entry{started.id, 2, "third", "4.8-4", make.now(), later, ""}));
  const auto story = answer(browser, load_rental_story{started.id});
  ASSERT_TRUE(story && story->found);
  EXPECT_EQ(story->found->rental.code, started.code);
  ASSERT_EQ(story->log.size(), 3U);
  EXPECT_EQ(story->log[1].kind, "second");
  EXPECT_EQ(story->log[1].recorded_at, later);
  EXPECT_EQ(story->log[2].rule, "4.8-4");
  ASSERT_EQ(story->charges.size(), 1U);
  EXPECT_EQ(story->charges[0].kind, charge_kind::base);
  ASSERT_EQ(story->payments.size(), 1U);
  EXPECT_FALSE(answer(browser, load_rental_story{make.id<rental_id>()})->found);
}

TEST_F(office_on_postgres, the_audit_log_is_read_newest_first_without_gaps_or_repeats) {
  std::vector<audit_id> newest_first;
  for (int at = 0; at < 7; ++at)
    newest_first.insert(newest_first.begin(), noted("operator.login", "a").id);
  list_audit_log wanted;
  wanted.limit = 3;
  std::vector<audit_id> read;
  do {
    const auto page = answer(browser, wanted);
    ASSERT_TRUE(page);
    for (const auto& row : page->rows)
      read.push_back(row.entry.id);
    wanted.cursor = page->next_cursor;
  } while (!wanted.cursor.empty());
  EXPECT_EQ(read, newest_first);
  wanted.cursor = "3'";
  EXPECT_FALSE(answer(browser, wanted)) << "no cursor of ours";
}

TEST_F(office_on_postgres, the_audit_log_is_filtered) {
  const auto first = noted("operator.login", "a");
  const auto second = noted("station.maintenance", "a");
  noted("operator.login", "b");
  list_audit_log wanted;
  wanted.actor_id = "a";
  wanted.action = "station.maintenance";
  wanted.entity = "station";
  wanted.entity_id = "KTM-0001";
  wanted.from = second.at;
  wanted.until = second.at + milliseconds{1};
  const auto page = answer(browser, wanted);
  ASSERT_EQ(page->rows.size(), 1U);
  const auto& row = page->rows[0];
  EXPECT_EQ(row.seq, 2);
  EXPECT_EQ(row.entry.actor, audit_actor::admin);
  EXPECT_EQ(row.entry.after, second.after);
  EXPECT_EQ(row.entry.before, "");
  EXPECT_EQ(row.hash.size(), 64U);
  wanted.entity_id = "KTM-0002";
  EXPECT_TRUE(answer(browser, wanted)->rows.empty());
}

TEST_F(office_on_postgres, a_referral_code_names_its_owner_while_active) {
  store(make.empty_record().add(sita));
  EXPECT_EQ(answer(browser, find_referrer{sita.referral_code})->who, sita.id);
  sita.status = user_status::banned;
  store(make.empty_record().add(sita));
  EXPECT_TRUE(answer(browser, find_referrer{sita.referral_code})->who.is_nil());
  EXPECT_TRUE(answer(browser, find_referrer{""})->who.is_nil());
}

}  // namespace
}  // namespace chautari::testing
