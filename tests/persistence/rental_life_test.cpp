#include <gtest/gtest.h>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/reader/questions.hpp"
#include "persistence/rentals/questions.hpp"
#include "tests/support/asking.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

using kind = record_fate::kind;

class life_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection reader{database, session_kind::reading};
  sample_maker make;
  station_id station = make.id<station_id>();
  user_image rider = make.rider();
  bank_image bank = make.seated_bank(station, 1);
  rental_image rental;

  void SetUp() override {
    store(rider, bank, make.top_up(rider, {50000}));
    const auto fate = writer.write({make.start(rider, bank, &rental)}).front();
    ASSERT_EQ(fate.what, kind::stored) << fate.message;
  }
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
  rental_image read_back() { return answer(reader, load_rental{rental.id, rider.id})->rental.value(); }
  rental_extension more_time(std::int32_t minutes) {
    return {make.id<extension_id>(), rental.id, make.id<package_id>(), rider.id, minutes, {2500}, make.now()};
  }
  rental_swap exchange(std::int32_t n, const bank_image& old_bank, const bank_image& new_bank) {
    rental_swap swap{rental.id,
                     n,
                     rider.id,
                     station,
                     old_bank.id,
                     new_bank.id,
                     old_bank.slot,
                     new_bank.slot,
                     12,
                     90,
                     swap_reason::defective,
                     "gets hot",
                     make.now()};
    return swap;
  }
  rental_issue_image issue() {
    rental_issue_image one;
    one.id = make.id<issue_id>();
    one.rental = rental.id;
    one.reporter = rider.id;
    one.description = "It does not charge";
    one.images = R"(["https://media.example.test/1.jpg"])";
    one.reported_at = one.updated_at = make.now();
    return one;
  }
  cabinet_report frame(std::int32_t type, bank_sn about, timestamp at) {
    const auto sn = about.value;
    std::vector<std::uint8_t> raw{0xA8, static_cast<std::uint8_t>(sn >> 24),
                                  static_cast<std::uint8_t>(sn >> 16), static_cast<std::uint8_t>(sn >> 8),
                                  static_cast<std::uint8_t>(sn)};
    return {make.id<report_id>(), rental.cabinet, at, transport::mqtt, type, 0, raw, {}};
  }
};

rental_life a_full_life(sample_maker& make) {
  rental_life life;
  life.extensions = 2;
  life.extended_minutes = 120;
  life.extensions_charged = {5000};
  life.usage_charged = {1234};
  life.held = {5000};
  life.discount = make.id<discount_id>();
  life.discount_hundredths = 1250;
  life.lost_penalty_charged = {500000};
  life.adjustment = {-777};
  life.paid_later = {-1};
  life.charges = 4;
  life.payments = 3;
  life.swaps = 1;
  life.swap = pending_swap{make.id<bank_id>(),       bank_sn{7},        3,         88, make.now(),
                           swap_reason::low_battery, "the \"old\" one", make.now()};
  life.claim = return_claim{make.id<station_id>(), imei{"860000000000002"}, 5, 40, make.now(), 1};
  life.found_at = make.now();
  life.reminders = 6;
  return life;
}

TEST_F(life_on_postgres, everything_only_some_rentals_have_comes_back) {
  rental.life = a_full_life(make);
  rental.lost = {{123400}, 48};
  rental.revision = 2;
  store(rental);
  EXPECT_EQ(read_back().life, rental.life);
  EXPECT_EQ(read_back().lost, lost_terms{}) << "terms are a copy from the start and never change";
}

TEST_F(life_on_postgres, a_new_rental_brings_its_life_and_its_terms_along) {
  auto other = make.pending_rental(make.rider(), make.seated_bank(station, 2));
  other.life = a_full_life(make);
  other.lost = {{123400}, 48};
  store(other);
  const auto read = answer(reader, load_rental{other.id, {}})->rental.value();
  EXPECT_EQ(read.life, other.life);
  EXPECT_EQ(read.lost, other.lost);
}

TEST_F(life_on_postgres, a_plain_rental_has_nothing_of_it) {
  EXPECT_EQ(query(database, "select life is null from rentals"), "t");
  EXPECT_EQ(read_back().life, rental_life{});
  rental.life.swap = pending_swap{};
  rental.revision = 2;
  store(rental);
  rental.life = {};
  rental.revision = 3;
  store(rental);
  EXPECT_EQ(query(database, "select life is null from rentals"), "t") << "what is over is forgotten";
}

TEST_F(life_on_postgres, a_rental_is_explained_with_everything_written_because_of_it) {
  const auto other = make.seated_bank(station, 2);
  const auto stranger = make.seated_bank(station, 3);
  const auto extension = more_time(60);
  const auto swap = exchange(1, bank, other);
  auto paid = make.charge(rental, {2500});
  paid.event_key = "ext:" + extension.id.text();
  auto award = make.top_up(rider, {100});
  award.event_key = "points:rental:" + rental.id.text();
  award.rental = rental.id;
  const auto ejected = frame(0x31, bank.serial, rental.created_at + seconds{3});
  const auto returned = frame(0x40, other.serial, rental.created_at + seconds{9});
  const auto seen = frame(0x10, other.serial, rental.created_at + seconds{20});
  rental_log_entry line{rental.id, 2, "returned", "", seen.received_at, seen.received_at + seconds{2}, "{}"};
  auto claimed = frame(-1, {}, rental.created_at + seconds{8});
  claimed.door = transport::http;
  const auto words = "hole=1|singleSN=" + other.serial.text();
  claimed.raw.assign(words.begin(), words.end());
  store(claimed);
  store(other, stranger, extension, swap, paid, award, ejected, returned, seen, line);
  store(frame(0x31, stranger.serial, rental.created_at + seconds{4}),  // Another bank.
        frame(0x10, other.serial, rental.created_at + seconds{50}),    // Decided nothing.
        frame(0x40, other.serial, rental.created_at - minutes{10}));   // Of the rider before.
  const auto told = answer(reader, load_explanation{rental.id}).value();
  ASSERT_TRUE(told.story.found);
  EXPECT_EQ(told.story.found->rental.code, rental.code);
  EXPECT_EQ(told.story.log.size(), 2U);
  std::vector<std::string> keys;
  for (const auto& journal : told.journals)
    keys.push_back(journal.event_key);
  EXPECT_EQ(keys, (std::vector<std::string>{"rental:" + rental.id.text() + ":charge", paid.event_key,
                                            award.event_key}));
  ASSERT_EQ(told.journals[0].lines.size(), 2U);
  EXPECT_EQ(told.journals[0].lines[0].code, "2000");
  EXPECT_EQ(told.journals[0].lines[0].debit, 5000);
  EXPECT_EQ(told.journals[0].lines[1].owner, rental.id.value);
  ASSERT_EQ(told.commands.size(), 1U);
  EXPECT_EQ(told.commands[0].bank, bank.serial);
  ASSERT_EQ(told.reports.size(), 4U);
  EXPECT_EQ(told.reports[0].id, ejected.id);
  EXPECT_EQ(told.reports[0].raw, ejected.raw);
  EXPECT_EQ(told.reports[1].id, claimed.id) << "a cabinet's call says numbers in words";
  EXPECT_EQ(told.reports[2].id, returned.id);
  EXPECT_EQ(told.reports[3].id, seen.id);
  ASSERT_EQ(told.extensions.size(), 1U);
  EXPECT_EQ(told.extensions[0].cost, money{2500});
  EXPECT_EQ(told.extensions[0].at, extension.at);
  ASSERT_EQ(told.swaps.size(), 1U);
  EXPECT_EQ(told.swaps[0].new_bank, other.id);
  EXPECT_EQ(told.swaps[0].reason, swap_reason::defective);
  EXPECT_EQ(told.swaps[0].description, "gets hot");
  EXPECT_FALSE(answer(reader, load_explanation{make.id<rental_id>()})->story.found);
}

TEST_F(life_on_postgres, a_riders_totals_count_what_ran) {
  const auto over = [&](rental_status status, bool on_time, std::int64_t used, const std::string& place) {
    auto one = make.pending_rental(rider, make.seated_bank(station, 1));
    one.status = status;
    one.closure = status == rental_status::cancelled ? closure_reason::user : closure_reason::returned;
    one.station = place == "Here" ? station : make.id<station_id>();
    one.station_name = place;
    one.started_at = one.created_at;
    one.ended_at = one.created_at + minutes{used};
    one.on_time = on_time;
    one.late_fee_charged = {on_time ? 0 : 700};
    auto award = make.top_up(rider, {50});
    award.event_key = "points:rental:" + one.id.text();
    award.lines = {{"P100.RENTAL", {}, commodity::pts, 5, 0}, {"P200", rider.id.value, commodity::pts, 0, 5}};
    store(one, rental_charge{one.id, charge_kind::base, 0, one.price, "{}"});
    if (on_time) store(award);
    return one;
  };
  over(rental_status::completed, true, 30, "Here");
  over(rental_status::completed, false, 90, "There");
  const auto last = over(rental_status::cancelled, false, 2, "Here");
  const auto stats = answer(reader, load_rental_stats{rider.id}).value();
  EXPECT_EQ(stats.rentals, 3) << "the one whose bank is not out does not count";
  EXPECT_EQ(stats.completed, 2);
  EXPECT_EQ(stats.cancelled, 1);
  EXPECT_EQ(stats.on_time, 1);
  EXPECT_EQ(stats.late, 1);
  EXPECT_EQ(stats.minutes_used, 122);
  EXPECT_EQ(stats.charged, money{15000});
  EXPECT_EQ(stats.late_fees, money{1400});
  EXPECT_EQ(stats.points_earned, 5);
  EXPECT_EQ(stats.last_rental_at, last.created_at);
  EXPECT_EQ(stats.favourite_station, "Here");
  EXPECT_EQ(answer(reader, load_rental_stats{make.id<user_id>()})->rentals, 0);
}

TEST_F(life_on_postgres, a_riders_habits_are_counted_since_then) {
  const auto noon = make.now();
  const auto quick = [&](timestamp ended, closure_reason why) {
    auto one = make.pending_rental(rider, make.seated_bank(station, 1));
    one.status = rental_status::cancelled;
    one.closure = why;
    one.created_at = ended - minutes{4};
    one.started_at = one.created_at;
    one.ended_at = ended;
    store(one);
  };
  quick(noon + minutes{1}, closure_reason::user);
  quick(noon - minutes{1}, closure_reason::user);
  quick(noon + minutes{2}, closure_reason::eject_failed);
  auto early = exchange(1, bank, make.seated_bank(station, 2));
  early.at = noon - hours{1};
  auto late = exchange(2, bank, make.seated_bank(station, 2));
  late.at = noon + hours{1};
  store(early, late);
  const auto habits = answer(reader, count_rider_habits{rider.id, noon}).value();
  EXPECT_EQ(habits.quick_returns, 1);
  EXPECT_EQ(habits.swaps, 1);
}

TEST_F(life_on_postgres, issues_are_listed_with_what_is_seen_beside_them) {
  auto first = issue();
  auto second = issue();
  second.type = rental_issue_type::return_issue;
  auto gone = issue();
  gone.type = rental_issue_type::power_bank_lost;
  gone.is_deleted = true;
  store(first, second, gone);
  const auto page = answer(reader, asking<list_rental_issues>([](auto& q) { q.limit = 1; })).value();
  ASSERT_EQ(page.issues.size(), 1U);
  const auto& shown = page.issues[0];
  EXPECT_EQ(shown.issue.id, second.id) << "newest first";
  EXPECT_EQ(shown.issue.images, second.images);
  EXPECT_EQ(shown.rental_code, rental.code);
  EXPECT_EQ(shown.reporter_name, rider.username);
  EXPECT_EQ(shown.station_name, rental.station_name);
  EXPECT_EQ(shown.bank, bank.serial);
  const auto rest =
      answer(reader, asking<list_rental_issues>([&](auto& q) { q.cursor = page.next_cursor; })).value();
  ASSERT_EQ(rest.issues.size(), 1U);
  EXPECT_EQ(rest.issues[0].issue.id, first.id);
  EXPECT_EQ(rest.next_cursor, "");

  first.is_resolved = true;
  first.notes = "Cable replaced";
  first.resolved_at = first.updated_at = make.now();
  store(first);
  const auto resolved = answer(reader, asking<list_rental_issues>([](auto& q) {
                                 q.is_resolved = true;
                                 q.page = 1;
                               }))
                            .value();
  EXPECT_EQ(resolved.total, 1);
  EXPECT_EQ(resolved.issues.at(0).issue.notes, "Cable replaced");
  EXPECT_EQ(resolved.issues.at(0).issue.resolved_at, first.resolved_at);
  const auto nobodys = asking<list_rental_issues>([&](auto& q) { q.reporter = make.id<user_id>(); });
  EXPECT_TRUE(answer(reader, nobodys)->issues.empty());
  EXPECT_FALSE(answer(reader, asking<list_rental_issues>([](auto& q) { q.cursor = "no cursor"; })));
}

TEST_F(life_on_postgres, the_same_thing_is_reported_once_until_it_is_dealt_with) {
  auto first = issue();
  store(first);
  const auto again = issue();
  EXPECT_EQ(refused_by(again), "rental_issues_one_open");
  first.is_resolved = true;
  first.resolved_at = make.now();
  store(first, again);
}

TEST_F(life_on_postgres, what_makes_no_sense_is_refused) {
  EXPECT_EQ(refused_by(more_time(0)), "rental_extensions_extended_minutes_check");
  EXPECT_EQ(refused_by(exchange(1, bank, bank)), "rental_swaps_two_banks");
  store(exchange(1, bank, make.seated_bank(station, 2)));
  EXPECT_EQ(refused_by(exchange(1, bank, make.seated_bank(station, 3))), "rental_swaps_pkey");
  EXPECT_EQ(refused_by(rental_location{rental.id, 91, 85, 10, make.now()}),
            "rental_locations_latitude_check");
  auto silent = issue();
  silent.description = "short";
  EXPECT_EQ(refused_by(silent), "rental_issues_description_check");
  auto resolved = issue();
  resolved.is_resolved = true;
  EXPECT_EQ(refused_by(resolved), "rental_issues_resolved_has_a_time");
}

TEST_F(life_on_postgres, the_same_place_told_twice_is_one_row) {
  const rental_location here{rental.id, 27.7, 85.3, 12.5, make.now()};
  store(here);
  store(here);
  EXPECT_EQ(query(database, "select count(*) || ' ' || min(accuracy_m) from rental_locations"), "1 12.5");
}

TEST_F(life_on_postgres, movements_of_every_kind_are_kept) {
  for (const auto what : {transaction_kind::extension, transaction_kind::late_fee, transaction_kind::fine}) {
    transaction_image paid;
    paid.id = make.id<transaction_id>();
    paid.code = "TXN" + paid.id.text();
    paid.rider = rider.id;
    paid.kind = what;
    paid.created_at = make.now();
    store(paid);
  }
  list_transactions wanted;
  wanted.rider = rider.id;
  wanted.kind = transaction_kind::fine;
  EXPECT_EQ(answer(reader, wanted)->transactions.size(), 1U);
}

}  // namespace
}  // namespace chautari::testing
