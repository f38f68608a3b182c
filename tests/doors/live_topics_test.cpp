#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/support/rider_client.hpp"
#include "tests/support/riders_stage.hpp"

namespace chautari {
namespace {

using testing::a_rental;
using testing::a_station;
using testing::a_wallet;
using testing::rider_socket;
using testing::riders_stage;

constexpr const char* kathmandu = "bounds:27.6,85.2,27.8,85.5";

struct live_topics_test : ::testing::Test {
  riders_stage stage;
  station_view asan = a_station("ASAN", "Asan", 27.7172, 85.3240);
  station_view pokhara = a_station("PKR", "Pokhara", 28.2096, 83.9856);

  live_topics_test() {
    stage.announce(asan);
    stage.announce(pokhara);
  }
  template <class Change>
  void change(station_view& view, Change what) {
    what(view);
    ++view.revision;
    stage.announce(view);
  }
  static void take_stock(station_view& view) { --view.rentable_count; }
};

TEST_F(live_topics_test, a_station_is_told_whole_and_then_as_it_changes) {
  rider_socket asha{stage.port(), "asha"};
  EXPECT_EQ(asha.subscribe("station:ASAN").at("topics").as_array().size(), 1U);
  const auto snapshot = asha.next();
  EXPECT_EQ(snapshot.at("type"), "snapshot");
  EXPECT_EQ(snapshot.at("topic"), "station:ASAN");
  EXPECT_EQ(snapshot.at("data").at("rentable_count"), 2);
  change(asan, take_stock);
  const auto stock = asha.next();
  EXPECT_EQ(stock.at("event"), "station.stock");
  EXPECT_EQ(stock.at("data").at("rentable_count"), 1);
  EXPECT_EQ(stock.at("revision").to_number<std::uint64_t>(),
            snapshot.at("revision").to_number<std::uint64_t>() + 1);
  change(asan, [](station_view& view) { view.is_online = false; });
  const auto status = asha.next();
  EXPECT_EQ(status.at("event"), "station.status");
  EXPECT_EQ(status.at("data").at("status"), "OFFLINE");
  EXPECT_EQ(status.at("data").at("rentable_count"), 0);
}

TEST_F(live_topics_test, a_change_nobody_can_see_is_not_told) {
  rider_socket asha{stage.port(), "asha"};
  asha.subscribe("station:ASAN");
  asha.next();
  change(asan, [](station_view& view) { view.last_seen_at += minutes{1}; });
  change(asan, take_stock);
  EXPECT_EQ(asha.next().at("data").at("rentable_count"), 1);
}

TEST_F(live_topics_test, a_station_nobody_may_know_of_cannot_be_listened_to) {
  change(pokhara, [](station_view& view) { view.facts.is_deleted = true; });
  rider_socket asha{stage.port(), "asha"};
  for (const std::string topic : {"station:NEVER", "station:PKR"}) {
    const auto answer = asha.subscribe(topic);
    EXPECT_TRUE(answer.at("topics").as_array().empty());
    EXPECT_EQ(answer.at("refused").at(0).at("topic").as_string(), topic);
    EXPECT_EQ(answer.at("refused").at(0).at("code"), "station_not_found");
  }
}

TEST_F(live_topics_test, an_area_is_told_whole_and_then_in_batches) {
  rider_socket asha{stage.port(), "asha"};
  asha.subscribe(kathmandu);
  const auto snapshot = asha.next();
  EXPECT_EQ(snapshot.at("type"), "snapshot");
  const auto& stations = snapshot.at("data").at("stations").as_array();
  ASSERT_EQ(stations.size(), 1U);
  EXPECT_EQ(stations[0].at("serial_number"), "ASAN");
  EXPECT_EQ(stations[0].at("station_name"), "Asan");
  change(pokhara, take_stock);
  change(asan, take_stock);
  change(asan, take_stock);
  const auto batch = asha.next();
  EXPECT_EQ(batch.at("type"), "event");
  EXPECT_EQ(batch.at("topic"), kathmandu);
  EXPECT_EQ(boost::json::serialize(batch).find("PKR"), std::string::npos) << "that is far away";
  EXPECT_NE(boost::json::serialize(batch).find(R"("rentable_count":)"), std::string::npos);
}

TEST_F(live_topics_test, a_map_learns_that_a_station_went_into_maintenance) {
  rider_socket asha{stage.port(), "asha"};
  asha.subscribe(kathmandu);
  asha.next();
  change(asan, [](station_view& view) { view.facts.is_maintenance = true; });
  EXPECT_NE(boost::json::serialize(asha.next()).find(R"("status":"MAINTENANCE")"), std::string::npos);
  rider_socket later{stage.port(), "bikash"};
  later.subscribe(kathmandu);
  EXPECT_TRUE(later.next().at("data").at("stations").as_array().empty());
}

TEST_F(live_topics_test, a_rectangle_that_is_none_is_refused) {
  rider_socket asha{stage.port(), "asha"};
  for (const std::string topic : {"bounds:1,2,3", "bounds:28,85,27,86", "bounds:a,b,c,d"})
    EXPECT_EQ(asha.subscribe(topic).at("refused").at(0).at("code"), "invalid_bounds") << topic;
}

TEST_F(live_topics_test, a_rental_is_told_to_its_rider_alone) {
  stage.says.open_rental = [this](const find_open_rental& asked) {
    if (asked.rider == riders_stage::rider("asha")) return open_rental_answer{a_rental(asked.rider, asan)};
    return open_rental_answer{};
  };
  rider_socket asha{stage.port(), "asha"};
  rider_socket bikash{stage.port(), "bikash"};
  asha.subscribe("rental");
  bikash.subscribe("rental");
  EXPECT_EQ(asha.next().at("data").at("status"), "ACTIVE");
  EXPECT_TRUE(bikash.next().at("data").is_null());
  for (const auto* name : {"asha", "bikash"}) {
    const auto who = riders_stage::rider(name);
    auto rental = a_rental(who, asan);
    stage.announce(rental_event{who, rental.id, "rental.overdue", stage.now(), rental});
  }
  // What was meant for the other one would have come first.
  const auto hers = asha.next();
  EXPECT_EQ(hers.at("event"), "rental.overdue");
  EXPECT_EQ(hers.at("data").at("id").as_string(), a_rental(riders_stage::rider("asha"), asan).id.text());
  EXPECT_EQ(bikash.next().at("data").at("id").as_string(),
            a_rental(riders_stage::rider("bikash"), asan).id.text());
}

TEST_F(live_topics_test, everything_that_happens_in_a_rentals_life_is_told_by_its_name) {
  stage.says.open_rental = [](const find_open_rental&) { return open_rental_answer{}; };
  rider_socket asha{stage.port(), "asha"};
  asha.subscribe("rental");
  asha.next();
  const auto who = riders_stage::rider("asha");
  const auto rental = a_rental(who, asan);
  for (const std::string name :
       {"rental.status", "rental.due_soon", "rental.overdue", "rental.settled", "rental.extended",
        "rental.swap", "rental.late_fee_begins", "rental.lost_warning", "rental.lost", "rental.found"}) {
    stage.announce(rental_event{who, rental.id, name, stage.now(), rental});
    const auto told = asha.next();
    EXPECT_EQ(told.at("event").as_string(), name);
    EXPECT_EQ(told.at("data").at("id").as_string(), rental.id.text());
  }
}

TEST_F(live_topics_test, a_wallet_is_told_to_its_rider_alone) {
  stage.says.wallet = [](const look_at_wallet& asked) { return a_wallet(asked.rider); };
  rider_socket asha{stage.port(), "asha"};
  rider_socket bikash{stage.port(), "bikash"};
  asha.subscribe("wallet");
  bikash.subscribe("wallet");
  EXPECT_EQ(asha.next().at("data").at("balance"), "300.00");
  EXPECT_EQ(bikash.next().at("data").at("balance"), "300.00");
  auto richer = a_wallet(riders_stage::rider("asha"));
  richer.cash += money{1'000'00};
  auto poorer = a_wallet(riders_stage::rider("bikash"));
  poorer.cash -= money{200'00};
  stage.announce(wallet_event{richer, stage.now()});
  stage.announce(wallet_event{poorer, stage.now()});
  EXPECT_EQ(bikash.next().at("data").at("balance"), "100.00");
  const auto hers = asha.next();
  EXPECT_EQ(hers.at("event"), "wallet.balance");
  EXPECT_EQ(hers.at("data").at("balance"), "1300.00");
}

TEST_F(live_topics_test, a_payment_that_moves_on_is_told_to_its_rider_with_what_became_of_the_order) {
  payment_intent intent;
  intent.rider = riders_stage::rider("asha");
  intent.amount = {30'00};
  stage.says.intents = [intent](const list_intents& asked) {
    return asked.rider == intent.rider ? intent_page{{intent}, {}, -1} : intent_page{};
  };
  rider_socket asha{stage.port(), "asha"};
  rider_socket bikash{stage.port(), "bikash"};
  asha.subscribe("payment");
  bikash.subscribe("payment");
  EXPECT_EQ(asha.next().at("data").at("status"), "PENDING");
  EXPECT_TRUE(bikash.next().at("data").is_null()) << "nobody else's";
  intent.status = intent_status::completed;
  intent.order.emplace();
  intent.order_state = order_status::failed;
  intent.order_code = "no_power_bank_available";
  stage.announce(payment_event{intent, stage.now()});
  const auto told = asha.next();
  EXPECT_EQ(told.at("event"), "payment.status");
  EXPECT_EQ(told.at("data").at("status"), "COMPLETED");
  EXPECT_EQ(told.at("data").at("order").at("code"), "no_power_bank_available");
}

TEST_F(live_topics_test, an_account_that_cannot_be_asked_is_said_to_be_busy) {
  stage.says.wallet = [](const look_at_wallet&) { return caf::make_error(reader_refusal::unavailable); };
  rider_socket asha{stage.port(), "asha"};
  asha.subscribe("wallet");
  const auto answer = asha.next();
  EXPECT_EQ(answer.at("type"), "error");
  EXPECT_EQ(answer.at("code"), "service_unavailable");
}

}  // namespace
}  // namespace chautari
