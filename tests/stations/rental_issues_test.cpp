/// What riders report about rentals: the same desk as for stations.
#include <gtest/gtest.h>

#include "protocols/base/refusal.hpp"
#include "tests/stations/office_world.hpp"

namespace chautari {
namespace {

using testing::asked;
using testing::nothing;
using testing::office_world;

struct rental_issue_world : office_world {
  user_image rider;
  rental_image rental;

  explicit rental_issue_world(std::uint64_t seed = 1) : office_world{seed} {
    rider.id = system.ids().make<user_id>();
    rider.username = "asha";
    rider.email = "asha@example.test";
    rider.referral_code = "ASHA";
    rental.id = system.ids().make<rental_id>();
    rental.code = "AB12CD34";
    rental.rider = rider.id;
    rental.station = station;
    rental.station_name = "Asan";
    rental.bank_serial = {101};
    rental.status = rental_status::completed;
    db->store(record{system.ids().make<record_id>(), system.now(), {rider, rental}});
  }
  template <class Answer, class Wish>
  std::shared_ptr<asked<Answer>> desk(Wish wish) {
    const auto place = system.ask<Answer>(world.issues, std::move(wish));
    run();
    return place;
  }
  report_rental_issue complaint(rental_issue_type type = rental_issue_type::charging_issue) const {
    return {rider.id, rental.id, type, "It never charged my phone", "[]"};
  }
  issue_id reported() { return desk<rental_issue_image>(complaint())->answer.value().id; }
  change_rental_issue wish_for(issue_id issue, std::optional<bool> is_resolved) const {
    return {issue, is_resolved, {}, stamp};
  }
};

template <class Place>
caf::error why(const Place& place) {
  return place->error.value_or(caf::error{});
}

TEST(rental_issues, a_report_is_stored_and_told_to_operators_without_the_riders_words) {
  rental_issue_world world;
  const auto id = world.reported();
  EXPECT_FALSE(world.db->rental_issues.at(id).is_resolved);
  ASSERT_EQ(world.told("issue.reported"), 1U);
  EXPECT_EQ(world.log->events.back().severity, feed_severity::warning);
  EXPECT_EQ(world.log->events.back().station, world.station);
  EXPECT_NE(world.log->events.back().data.find("AB12CD34"), std::string::npos);
  EXPECT_EQ(world.log->events.back().data.find("phone"), std::string::npos);
}

TEST(rental_issues, a_lost_bank_raises_an_alarm_for_an_operator_to_open_the_case) {
  rental_issue_world world;
  world.desk<rental_issue_image>(world.complaint(rental_issue_type::power_bank_lost));
  EXPECT_EQ(world.log->events.back().severity, feed_severity::alarm);
}

TEST(rental_issues, of_another_riders_rental_cannot_be_reported) {
  rental_issue_world world;
  auto wish = world.complaint();
  wish.reporter = world.system.ids().make<user_id>();
  EXPECT_EQ(why(world.desk<rental_issue_image>(wish)), rental_refusal::rental_not_found);
  EXPECT_TRUE(world.db->rental_issues.empty());
}

TEST(rental_issues, the_same_complaint_is_refused_while_it_is_open_and_two_taps_are_one) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    rental_issue_world world{seed};
    const auto one = world.system.ask<rental_issue_image>(world.world.issues, world.complaint());
    const auto two = world.system.ask<rental_issue_image>(world.world.issues, world.complaint());
    world.run();
    EXPECT_NE(one->answer.has_value(), two->answer.has_value());
    EXPECT_EQ(why(one->answer ? two : one), station_refusal::duplicate_issue_report);
    EXPECT_TRUE(world.desk<rental_issue_image>(world.complaint(rental_issue_type::return_issue))->answer);
    EXPECT_EQ(world.db->rental_issues.size(), 2U);
  }
}

TEST(rental_issues, solving_one_tells_the_reporter_once_and_is_audited) {
  rental_issue_world world;
  const auto id = world.reported();
  auto wish = world.wish_for(id, true);
  wish.notes = "A new cable was sent";
  const auto done = world.desk<rental_issue_view>(wish);
  ASSERT_TRUE(done->answer);
  EXPECT_EQ(done->answer->rental_code, "AB12CD34");
  EXPECT_EQ(world.db->rental_issues.at(id).resolved_at, world.system.now());
  ASSERT_EQ(world.log->messages.size(), 1U);
  EXPECT_EQ(world.log->messages[0].template_id, "rental_issue_resolved");
  EXPECT_EQ(world.audited("rental_issue.change"), 1U);
  world.desk<rental_issue_view>(wish);
  EXPECT_EQ(world.audited("rental_issue.change"), 1U) << "nothing new, nothing written";
  world.desk<rental_issue_view>(world.wish_for(id, false));
  EXPECT_FALSE(world.db->rental_issues.at(id).resolved_at) << "open again";
  EXPECT_EQ(world.log->messages.size(), 1U);
}

TEST(rental_issues, an_old_one_is_not_opened_again_beside_a_new_one_of_its_kind) {
  rental_issue_world world;
  const auto old = world.reported();
  world.desk<rental_issue_view>(world.wish_for(old, true));
  world.reported();
  EXPECT_EQ(why(world.desk<rental_issue_view>(world.wish_for(old, false))),
            station_refusal::duplicate_issue_report);
}

TEST(rental_issues, one_that_was_taken_away_is_gone_for_everybody) {
  rental_issue_world world;
  const auto id = world.reported();
  ASSERT_TRUE(world.desk<nothing>(delete_rental_issue{id, world.stamp})->answer);
  EXPECT_TRUE(world.db->rental_issues.at(id).is_deleted);
  EXPECT_EQ(world.last_audit()->action, "rental_issue.delete");
  EXPECT_EQ(why(world.desk<rental_issue_view>(world.wish_for(id, true))),
            rental_refusal::rental_issue_not_found);
  EXPECT_EQ(why(world.desk<nothing>(delete_rental_issue{id, world.stamp})),
            rental_refusal::rental_issue_not_found);
}

}  // namespace
}  // namespace chautari
