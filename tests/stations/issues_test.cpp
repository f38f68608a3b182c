/// What riders report, and amenities: each with its one writer.
#include <gtest/gtest.h>

#include "protocols/base/refusal.hpp"
#include "protocols/stations/amenity_json.hpp"
#include "tests/stations/office_world.hpp"

namespace chautari {
namespace {

using testing::asked;
using testing::nothing;
using testing::office_world;

struct issue_world : office_world {
  user_image rider;
  operator_image colleague;

  explicit issue_world(std::uint64_t seed = 1) : office_world{seed} {
    rider.id = system.ids().make<user_id>();
    rider.username = "asha";
    rider.email = "asha@example.test";
    rider.referral_code = "ASHA";
    colleague.id = system.ids().make<operator_id>();
    colleague.email = "bina@example.test";
    db->store(record{system.ids().make<record_id>(), system.now(), {rider, colleague}});
  }
  template <class Answer, class Wish>
  std::shared_ptr<asked<Answer>> desk(Wish wish) {
    const auto place = system.ask<Answer>(world.issues, std::move(wish));
    run();
    return place;
  }
  report_issue complaint(station_issue_type type = station_issue_type::dirty) const {
    return {station, rider.id, type, "Somebody spilled tea over it", "[]"};
  }
  issue_id reported() { return desk<station_issue_image>(complaint())->answer.value().id; }
  change_issue wish_for(issue_id issue, std::optional<issue_status> status = {}) const {
    return {issue, status, {}, {}, {}, stamp};
  }
};

template <class Place>
caf::error why(const Place& place) {
  return place->error.value_or(caf::error{});
}

TEST(issues, a_report_is_stored_and_told_to_operators_without_the_riders_words) {
  issue_world world;
  const auto id = world.reported();
  const auto& stored = world.db->issues.at(id);
  EXPECT_EQ(stored.priority, issue_priority::medium);
  EXPECT_EQ(stored.status, issue_status::reported);
  ASSERT_EQ(world.told("issue.reported"), 1U);
  EXPECT_EQ(world.log->events.back().station, world.station);
  EXPECT_EQ(world.log->events.back().data.find("tea"), std::string::npos);
}

TEST(issues, the_same_complaint_within_a_day_is_refused_while_it_is_open) {
  issue_world world;
  const auto id = world.reported();
  EXPECT_EQ(why(world.desk<station_issue_image>(world.complaint())), station_refusal::duplicate_issue_report);
  EXPECT_TRUE(world.desk<station_issue_image>(world.complaint(station_issue_type::damaged))->answer)
      << "another matter";
  world.desk<issue_view>(world.wish_for(id, issue_status::resolved));
  EXPECT_TRUE(world.desk<station_issue_image>(world.complaint())->answer) << "it came back";
  world.advance(hours{24}, minutes{30});
  EXPECT_TRUE(world.desk<station_issue_image>(world.complaint())->answer) << "a day later";
}

TEST(issues, two_taps_at_once_are_one_report) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    issue_world world{seed};
    const auto one = world.system.ask<station_issue_image>(world.world.issues, world.complaint());
    const auto two = world.system.ask<station_issue_image>(world.world.issues, world.complaint());
    world.run();
    EXPECT_NE(one->answer.has_value(), two->answer.has_value());
    EXPECT_EQ(world.db->issues.size(), 1U);
  }
}

TEST(issues, solving_one_tells_the_reporter_once_and_only_when_it_is_stored) {
  issue_world world;
  const auto id = world.reported();
  world.db->journal_refuses = journal_refusal::unavailable;
  EXPECT_EQ(why(world.desk<issue_view>(world.wish_for(id, issue_status::resolved))),
            journal_refusal::unavailable);
  EXPECT_TRUE(world.log->messages.empty());
  world.db->journal_refuses.reset();
  const auto done = world.desk<issue_view>(world.wish_for(id, issue_status::resolved));
  ASSERT_TRUE(done->answer);
  EXPECT_TRUE(done->answer->issue.resolved_at);
  ASSERT_EQ(world.log->messages.size(), 1U);
  EXPECT_EQ(world.log->messages[0].recipient, "asha@example.test");
  EXPECT_EQ(world.log->messages[0].template_id, "station_issue_resolved");
  EXPECT_EQ(world.db->outbox.size(), 1U) << "in the same record";
  auto notes = world.wish_for(id, issue_status::resolved);
  notes.notes = "Wiped";
  world.desk<issue_view>(notes);
  EXPECT_EQ(world.log->messages.size(), 1U);
  world.desk<issue_view>(world.wish_for(id, issue_status::acknowledged));
  EXPECT_FALSE(world.db->issues.at(id).resolved_at) << "open again";
}

TEST(issues, who_begins_has_it_and_only_active_operators_can_be_given_it) {
  issue_world world;
  const auto id = world.reported();
  world.desk<issue_view>(world.wish_for(id, issue_status::in_progress));
  EXPECT_FALSE(world.db->issues.at(id).assigned_to) << "the caller is no operator the database knows";
  auto wish = world.wish_for(id);
  wish.assigned_to = world.system.ids().make<operator_id>();
  EXPECT_EQ(why(world.desk<issue_view>(wish)), station_refusal::assignee_not_found);
  wish.assigned_to = world.colleague.id;
  const auto done = world.desk<issue_view>(wish);
  ASSERT_TRUE(done->answer);
  EXPECT_EQ(done->answer->assignee_email, "bina@example.test");
  world.colleague.is_active = false;
  world.db->operators[world.colleague.id] = world.colleague;
  const auto other =
      world.desk<station_issue_image>(world.complaint(station_issue_type::offline))->answer->id;
  wish.issue = other;
  EXPECT_EQ(why(world.desk<issue_view>(wish)), station_refusal::assignee_not_found) << "put to rest";
  world.stamp.who = world.colleague.id;
  world.colleague.is_active = true;
  world.db->operators[world.colleague.id] = world.colleague;
  world.desk<issue_view>(world.wish_for(other, issue_status::in_progress));
  EXPECT_EQ(world.db->issues.at(other).assigned_to, world.colleague.id);
}

// K-83: the line says which issue it was.
TEST(issues, a_deleted_issue_is_gone_for_everybody_and_the_log_knows_which_it_was) {
  issue_world world;
  const auto id = world.reported();
  ASSERT_TRUE(world.desk<nothing>(delete_issue{id, world.stamp})->answer);
  EXPECT_EQ(world.last_audit()->action, "issue.delete");
  EXPECT_EQ(world.last_audit()->entity_id, id.text());
  EXPECT_EQ(why(world.desk<nothing>(delete_issue{id, world.stamp})), station_refusal::issue_not_found);
  EXPECT_EQ(why(world.desk<issue_view>(world.wish_for(id, issue_status::resolved))),
            station_refusal::issue_not_found);
}

// -- amenities
// ------------------------------------------------------------------------------------------

struct amenity_world : office_world {
  amenity_world() : office_world{1} {}
  template <class Answer, class Wish>
  std::shared_ptr<asked<Answer>> ask(Wish wish) {
    const auto place = system.ask<Answer>(world.amenities, std::move(wish));
    run();
    return place;
  }
  std::shared_ptr<asked<amenity_image>> create(const std::string& name) {
    amenity_image amenity;
    amenity.name = name;
    return ask<amenity_image>(create_amenity{amenity, stamp});
  }
  void give(const amenity_image& amenity) {
    station_changes wish;
    wish.amenities = to_amenity_json({amenity});
    office<station_inside>(change_station{station, wish, stamp});
  }
};

TEST(amenities, a_name_is_given_once_whatever_its_case) {
  amenity_world world;
  ASSERT_TRUE(world.create("Free WiFi")->answer);
  EXPECT_EQ(why(world.create("free wifi")), station_refusal::amenity_already_exists);
  const auto cafe = world.create("Cafe")->answer.value();
  change_amenity wish;
  wish.amenity = cafe.id;
  wish.name = "FREE WIFI";
  EXPECT_EQ(why(world.ask<amenity_image>(wish)), station_refusal::amenity_already_exists);
  wish.name = "CAFE";
  EXPECT_TRUE(world.ask<amenity_image>(wish)->answer) << "its own name in other letters";
  world.db->journal_refuses = journal_refusal::conflict;
  EXPECT_EQ(why(world.create("CAFÉ")), station_refusal::amenity_already_exists)
      << "the database knows more letters";
}

TEST(amenities, a_new_name_shows_at_every_station_that_has_it_also_after_a_restart) {
  amenity_world world;
  const auto cafe = world.create("Cafe")->answer.value();
  world.give(cafe);
  change_amenity wish;
  wish.amenity = cafe.id;
  wish.name = "Coffee house";
  wish.stamp = world.stamp;
  ASSERT_TRUE(world.ask<amenity_image>(wish)->answer);
  EXPECT_NE(world.log->views.back().facts.amenities.find("Coffee house"), std::string::npos);
  world.crash();
  world.start();
  EXPECT_NE(world.inside().facts.amenities.find("Coffee house"), std::string::npos);
}

TEST(amenities, one_that_a_station_has_is_not_taken_away) {
  amenity_world world;
  const auto cafe = world.create("Cafe")->answer.value();
  world.give(cafe);
  EXPECT_EQ(why(world.ask<nothing>(delete_amenity{cafe.id, world.stamp})), station_refusal::amenity_in_use);
  station_changes none;
  none.amenities = "[]";
  world.office<station_inside>(change_station{world.station, none, world.stamp});
  ASSERT_TRUE(world.ask<nothing>(delete_amenity{cafe.id, world.stamp})->answer);
  EXPECT_EQ(world.last_audit()->action, "amenity.delete");
  EXPECT_TRUE(world.create("Cafe")->answer) << "its name is free again";
}

}  // namespace
}  // namespace chautari
