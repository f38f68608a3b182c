/// What operators do to prices, with the real actor between a memory journal and real rentals.
#include <gtest/gtest.h>

#include "tests/pricing/prices_world.hpp"

namespace chautari {
namespace {

using testing::prices_world;
using enum price_table;
using enum price_action;

constexpr auto a_day = R"({"name":"1 day","duration_minutes":1440,"price":"300.00",)"
                       R"("package_type":"DAILY","payment_model":"PREPAID"})";
constexpr auto flat_fee = R"({"name":"Flat","fee_type":"FLAT_RATE","flat_rate_per_hour":"50.00"})";

template <class Place>
std::optional<price_refusal> why(const Place& place) {
  return place->error ? reason_of<price_refusal>(*place->error) : std::nullopt;
}

TEST(prices, a_new_package_is_stored_audited_and_offered_before_it_is_answered) {
  prices_world world;
  const auto id = world.add(packages, a_day);
  EXPECT_EQ(world.store->prices.packages.size(), 2U);
  ASSERT_EQ(world.heard->size(), 1U);
  EXPECT_EQ(world.heard->back()->packages.back().id.text(), id) << "by duration";
  ASSERT_FALSE(world.store->audit_log.empty());
  const auto& line = world.store->audit_log.back();
  EXPECT_EQ(line.action, "package.create");
  EXPECT_EQ(line.entity_id, id);
  EXPECT_EQ(line.actor_id, world.stamp.who.text());
  EXPECT_EQ(line.before, "");
  auto wish = world.wish(world.add_rider({500'00}));
  wish.package = *package_id::parse(id);
  const auto started = world.ask_start(wish);
  world.system.run();
  ASSERT_FALSE(world.all->ejections.empty()) << "the rentals know it";
  EXPECT_EQ(world.stored(world.all->ejections.back().command.rental).price, money{300'00});
}

TEST(prices, a_change_keeps_the_rest_and_the_same_again_is_no_change) {
  prices_world world;
  const auto id = world.add(packages, a_day);
  const auto records = world.store->records.size();
  for (int twice = 0; twice < 2; ++twice) {
    const auto done = world.change(packages, price_action::change, id, R"({"price":"280.00"})");
    ASSERT_TRUE(done->answer);
    const auto row = boost::json::parse(done->answer->row);
    EXPECT_EQ(row.at("price"), "280.00");
    EXPECT_EQ(row.at("name"), "1 day");
    EXPECT_EQ(row.at("package_type"), "DAILY");
  }
  EXPECT_EQ(world.store->records.size(), records + 1);
  EXPECT_EQ(world.store->audit_log.back().before, R"({"price":"300.00"})");
  EXPECT_EQ(world.store->audit_log.back().after, R"({"price":"280.00"})");
}

TEST(prices, what_is_wrong_is_told_and_nothing_is_stored) {
  prices_world world;
  const auto records = world.store->records.size();
  const auto done = world.change(packages, create, {}, R"({"name":"","price":1.5})");
  EXPECT_EQ(why(done), price_refusal::validation_error);
  EXPECT_EQ(context_of(*done->error),
            R"({"errors":{"name":["too_short"],"duration_minutes":["required"],"price":["wrong_type"],)"
            R"("package_type":["required"],"payment_model":["required"]}})");
  for (const auto* broken : {"[]", "", "{"})
    EXPECT_EQ(why(world.change(packages, create, {}, broken)), price_refusal::validation_error);
  EXPECT_EQ(why(world.change(packages, price_action::change, "nobody", "{}")),
            price_refusal::package_not_found);
  EXPECT_EQ(why(world.change(late_fees, activate, world.package.id.text())),
            price_refusal::configuration_not_found);
  EXPECT_EQ(why(world.change(discounts, remove, {})), price_refusal::discount_not_found);
  EXPECT_EQ(world.store->records.size(), records);
  EXPECT_TRUE(world.heard->empty());
}

TEST(prices, a_change_that_cannot_be_stored_changes_nothing) {
  prices_world world;
  world.store->journal_refuses = journal_refusal::unavailable;
  const auto failed =
      world.change(packages, price_action::change, world.package.id.text(), R"({"price":"1.00"})");
  ASSERT_TRUE(failed->error);
  EXPECT_EQ(reason_of<journal_refusal>(*failed->error), journal_refusal::unavailable);
  EXPECT_EQ(world.now_offered().packages[0].price, money{50'00});
  EXPECT_TRUE(world.heard->empty());
  world.store->journal_refuses.reset();
  EXPECT_TRUE(
      world.change(packages, price_action::change, world.package.id.text(), R"({"price":"1.00"})")->answer);
}

TEST(prices, activation_puts_every_other_configuration_to_rest_in_one_record) {
  prices_world world;
  const auto flat = world.add(late_fees, flat_fee);
  EXPECT_EQ(world.now_offered().active_late_fee->kind, late_fee_kind::multiplier) << "a new one rests";
  const auto records = world.store->records.size();
  std::vector<record> stored_ones;
  world.store->after_each = [&](const record& entry) { stored_ones.push_back(entry); };
  ASSERT_TRUE(world.change(late_fees, activate, flat)->answer);
  ASSERT_EQ(world.store->records.size(), records + 1);
  std::vector<bool> is_active;
  for (const auto& part : stored_ones.at(0).parts)
    if (const auto* row = std::get_if<late_fee_configuration>(&part)) is_active.push_back(row->is_active);
  EXPECT_EQ(is_active, (std::vector{false, true})) << "the old one first: there are never two";
  EXPECT_EQ(world.heard->back()->active_late_fee->kind, late_fee_kind::flat_rate);
  EXPECT_EQ(world.store->conflicts, 0U) << world.store->last_conflict;

  ASSERT_TRUE(world.change(late_fees, deactivate, flat)->answer);
  EXPECT_FALSE(world.heard->back()->active_late_fee);
  EXPECT_EQ(world.heard->back()->terms_for(package_type::hourly).multiplier_hundredths, 200)
      << "the rule for no configuration";
}

TEST(prices, a_configuration_can_be_born_active_and_only_a_resting_one_removed) {
  prices_world world;
  const auto born = world.add(late_fees, R"({"name":"B","fee_type":"MULTIPLIER","is_active":true})");
  const auto all = world.now_offered().late_fees;
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const auto& one) { return one.is_active; }), 1);
  EXPECT_EQ(why(world.change(late_fees, remove, born)), price_refusal::cannot_delete_active_config);
  ASSERT_TRUE(world.change(late_fees, deactivate, born)->answer);
  const auto gone = world.change(late_fees, remove, born);
  ASSERT_TRUE(gone->answer);
  EXPECT_EQ(gone->answer->row, "");
  EXPECT_EQ(world.store->prices.late_fees.size(), 1U);
  EXPECT_EQ(world.store->audit_log.back().action, "late_fee.delete");
  EXPECT_EQ(world.store->audit_log.back().after, "");
}

TEST(prices, a_package_that_was_rented_or_is_discounted_is_only_deactivated) {
  prices_world world;
  const auto unused = world.add(packages, a_day);
  ASSERT_TRUE(world.change(packages, remove, unused)->answer);
  EXPECT_EQ(world.store->prices.packages.size(), 1U);
  const auto discount = world.add_discount();
  const auto id = world.package.id.text();
  EXPECT_EQ(why(world.change(packages, remove, id)), price_refusal::package_in_use);
  ASSERT_TRUE(world.change(discounts, remove, discount)->answer);
  world.rent(world.add_rider({100'00}));
  EXPECT_EQ(why(world.change(packages, remove, id)), price_refusal::package_in_use);
  ASSERT_TRUE(world.change(packages, price_action::change, id, R"({"is_active":false})")->answer);
  EXPECT_EQ(world.heard->back()->find(world.package.id), nullptr);
  const auto refused = world.ask_start(world.wish(world.add_rider({100'00})));
  world.system.run();
  ASSERT_TRUE(refused->error);
  EXPECT_EQ(reason_of<rental_refusal>(*refused->error), rental_refusal::package_not_found);
}

TEST(prices, one_discount_for_a_station_and_a_package_that_exists) {
  prices_world world;
  const auto id = world.add_discount();
  const auto fields = [&](const std::string& package) {
    return R"({"station_id":")" + world.all->station.id.text() + R"(","package_id":")" + package +
           R"(","discount_percent":"5","valid_from":"2026-01-01T00:00:00Z",)" +
           R"("valid_until":"2026-01-02T00:00:00Z"})";
  };
  EXPECT_EQ(why(world.change(discounts, create, {}, fields(world.package.id.text()))),
            price_refusal::discount_exists);
  EXPECT_EQ(why(world.change(discounts, create, {}, fields(id))), price_refusal::package_not_found);
  EXPECT_EQ(
      why(world.change(discounts, price_action::change, id, R"({"valid_until":"2025-01-01T00:00:00Z"})")),
      price_refusal::validation_error)
      << "the order of the days holds on a change, too";
  EXPECT_EQ(world.stored_discount().created_by, world.stamp.who.text());
}

TEST(prices, a_used_discount_is_retired_an_unused_one_goes) {
  prices_world world;
  const auto used = world.add_discount();
  world.rent(world.add_rider({100'00}));
  const auto retired = world.change(discounts, remove, used);
  ASSERT_TRUE(retired->answer);
  EXPECT_EQ(boost::json::parse(retired->answer->row).at("status"), "INACTIVE");
  EXPECT_EQ(world.stored_discount().status, discount_status::inactive);
  EXPECT_EQ(world.stored_discount().used, 1) << "its uses stay";
}

TEST(prices, a_new_price_is_for_rentals_that_start_afterwards) {
  prices_world world;
  const auto before = world.rent(world.add_rider({100'00}));
  ASSERT_TRUE(world
                  .change(packages, price_action::change, world.package.id.text(),
                          R"({"price":"80.00","duration_minutes":30})")
                  ->answer);
  ASSERT_TRUE(world.change(late_fees, activate, world.add(late_fees, flat_fee))->answer);
  const auto after = world.rent(world.add_rider({100'00}));
  EXPECT_EQ(after.price, money{80'00});
  EXPECT_EQ(after.late_fee.kind, late_fee_kind::flat_rate);
  world.come_back();
  world.system.advance(minutes{90}, minutes{1});
  world.bring_back(world.sighting(before.bank_serial));
  const auto& old = world.stored(before.id);
  EXPECT_EQ(old.price, money{50'00});
  EXPECT_EQ(old.package.duration_minutes, 60);
  EXPECT_EQ(old.late_fee_charged, late_fee_at(world.package, before.late_fee, *old.due_at, *old.ended_at))
      << "by the terms of its start";
  EXPECT_GT(old.late_fee_charged, money{});
}

}  // namespace
}  // namespace chautari
