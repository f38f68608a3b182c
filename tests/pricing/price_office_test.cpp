/// Operators' rows of prices over a real socket, with the real PRICES behind them and a database of maps.
#include <gtest/gtest.h>

#include <atomic>

#include "actors/pricing/prices_actor.hpp"
#include "http/pricing/price_office.hpp"
#include "http/server/desk.hpp"
#include "http/server/door.hpp"
#include "protocols/pricing/recovery.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/support/rider_samples.hpp"

namespace chautari {
namespace {

using testing::http_answer;
using testing::id_named;
using testing::rider_client;
using testing::sample_time;
using problems = std::vector<std::string>;

const std::string packages = "/api/admin/rental-packages";
const std::string late_fees = "/api/admin/late-fee-configs";
const std::string discounts = "/api/admin/discounts";
const std::string partners = "/api/admin/partners";
const std::string assignments = "/api/admin/station-partners";

/// Any token is an operator's of that role.
class price_office_test : public ::testing::Test {
protected:
  price_office_test() {
    config_.set("scheduler.max-threads", std::size_t{1});
    system_ = std::make_unique<caf::actor_system>(config_);
    network world;
    world.now = [this] { return from_ms(now_ms_); };
    world.ids = {world.now, [this] { return ++drawn_ * 0x9E3779B97F4A7C15ULL; }};
    world.journal = keep(system_->spawn(testing::memory_journal, db));
    world.reader = keep(system_->spawn(testing::memory_reader, db));
    const auto desk = keep(system_->spawn(prices, prices_setup{}));
    stations_ = std::make_unique<stations_door>(1, accounts_actor{});
    office_ = std::make_unique<price_office>(price_office{desk, world.reader, *stations_});
    door_options options;
    options.address = "127.0.0.1";
    options.port = 0;
    options.now = world.now;
    options.authenticate = [](std::string_view token) -> auth_result {
      caller who;
      who.role = caller_role::admin;
      who.as_operator = id_named<operator_id>(token);
      who.expires_at = sample_time + 24 * 365 * hours{1};
      return who;
    };
    options.standing = [](const caller& who, std::string_view) -> standing_result {
      const bool is_admin = who.as_operator == id_named<operator_id>("admin");
      return operator_standing{is_admin ? operator_role::admin : operator_role::finance, sample_time};
    };
    door_ = std::make_unique<door>(*system_, std::move(options), price_office_endpoints(*office_),
                                   [&](lane_parts& parts) {
                                     stations_->set_up(parts, world.now);
                                     world.announce_to.push_back(parts.announcements.as<door_actor>());
                                   });
    std::string why;
    if (!door_->start(why)) throw std::runtime_error(why);
    caf::anon_send(world.announce_to.front(), asan);
    record entry{id_named<record_id>("package"), sample_time, {}};
    db->store(entry.add(testing::an_hour()));
    caf::anon_send(desk, meet_network{world});
    caf::anon_send(desk, adopt_price_list{db->prices, {}});
  }
  ~price_office_test() override {
    door_->stop();
    door_.reset();
    for (const auto& actor : actors_)
      caf::anon_send_exit(actor, caf::exit_reason::kill);
    actors_.clear();
  }
  template <class Actor>
  Actor keep(Actor actor) {
    actors_.push_back(caf::actor_cast<caf::actor>(actor));
    return actor;
  }
  [[nodiscard]] std::string a_discount(const std::string& more = "") const {
    return R"({"station_id":")" + asan.facts.id.text() + R"(","package_id":")" + hour +
           R"(","discount_percent":"12.5","valid_from":"2026-01-01T00:00:00Z",)" +
           R"("valid_until":"2026-02-01T00:00:00Z")" + more + '}';
  }
  static std::string id_of(const http_answer& answer) {
    return std::string{answer.at("/data/id").as_string()};
  }

  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::shared_ptr<testing::memory_store> db = std::make_shared<testing::memory_store>();
  std::uint64_t drawn_ = 0;
  std::atomic<std::int64_t> now_ms_{to_ms(sample_time)};
  std::vector<caf::actor> actors_;
  std::unique_ptr<stations_door> stations_;
  std::unique_ptr<price_office> office_;
  std::unique_ptr<door> door_;
  station_view asan = testing::a_station("ASAN", "Asan", 27.7172, 85.3240);
  const std::string hour = testing::an_hour().id.text();
};

TEST_F(price_office_test, a_package_is_made_shown_changed_and_taken_away) {
  rider_client admin{door_->port(), "admin"};
  const auto made = admin.post(packages, R"({"name":"Half","duration_minutes":30,"price":"30.00",)"
                                         R"("package_type":"HOURLY","payment_model":"POSTPAID"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("/data/is_active"), true);
  EXPECT_EQ(made.at("/data/description"), "");
  const auto list = admin.get(packages + "?page_size=1");
  EXPECT_EQ(list.at("/data/results/0/name"), "Half") << "by duration";
  EXPECT_EQ(list.at("/data/pagination/total_count"), 2);
  const auto one = packages + '/' + id_of(made);
  EXPECT_EQ(admin.get(one).at("/data"), made.at("/data"));
  const auto changed = admin.ask("PATCH", one, R"({"is_active":false})");
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.at("/data/price"), "30.00");
  EXPECT_EQ(admin.get(packages + "?is_active=0").at("/data/pagination/total_count"), 1);
  EXPECT_EQ(admin.ask("DELETE", one).at("/data/is_deleted"), true);
  EXPECT_EQ(admin.get(one).code(), "package_not_found");
  EXPECT_EQ(admin.ask("PATCH", one, "{}").code(), "package_not_found");
  EXPECT_EQ(db->audit_log.back().actor_id, id_named<operator_id>("admin").text());
  EXPECT_EQ(db->audit_log.back().ip, "127.0.0.1");
}

TEST_F(price_office_test, every_field_that_is_wrong_is_named) {
  rider_client admin{door_->port(), "admin"};
  const auto answer = admin.post(packages, R"({"name":"","price":1.5,"colour":"red"})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.code(), "validation_error");
  EXPECT_EQ(answer.problems(),
            (problems{"name:too_short", "duration_minutes:required", "price:wrong_type",
                      "package_type:required", "payment_model:required", "colour:unknown_field"}));
  EXPECT_EQ(admin.post(packages, "[]").status, 400);
  rider_client clerk{door_->port(), "finance"};
  EXPECT_EQ(clerk.post(packages, "{}").status, 403);
  EXPECT_EQ(clerk.get(packages).status, 200);
}

TEST_F(price_office_test, one_late_fee_configuration_is_active) {
  rider_client admin{door_->port(), "admin"};
  EXPECT_TRUE(admin.get(late_fees + "/active").at("/data").is_null());
  const auto first = admin.post(late_fees, R"({"name":"A","fee_type":"MULTIPLIER","is_active":true})");
  const auto second =
      admin.post(late_fees, R"({"name":"B","fee_type":"FLAT_RATE","flat_rate_per_hour":"50.00"})");
  ASSERT_EQ(second.status, 201) << second.body;
  EXPECT_EQ(admin.get(late_fees + "/active").at("/data/id").as_string(), id_of(first));
  EXPECT_EQ(admin.post(late_fees + '/' + id_of(second) + "/activate").at("/data/is_active"), true);
  EXPECT_EQ(admin.get(late_fees + "/active").at("/data/name"), "B");
  EXPECT_EQ(admin.get(late_fees + "?is_active=true").at("/data/pagination/total_count"), 1);
  EXPECT_EQ(admin.ask("DELETE", late_fees + '/' + id_of(second)).code(), "cannot_delete_active_config");
  EXPECT_EQ(admin.ask("DELETE", late_fees + '/' + id_of(second)).status, 409);
  EXPECT_EQ(admin.post(late_fees + '/' + id_of(second) + "/deactivate", "{}").at("/data/is_active"), false);
  EXPECT_EQ(admin.ask("PUT", late_fees + '/' + id_of(first), R"({"multiplier":"3"})").at("/data/multiplier"),
            "3.00");
  EXPECT_EQ(admin.ask("PUT", late_fees + '/' + id_of(second), R"({"flat_rate_per_hour":"0"})").problems(),
            problems{"flat_rate_per_hour:required"});
}

TEST_F(price_office_test, a_test_calculation_is_exact_and_knows_to_whom_terms_apply) {
  rider_client admin{door_->port(), "finance"};
  const auto try_out = [&](const std::string& more) {
    return admin.post(late_fees + "/test-calculation",
                      R"({"package_id":")" + hour + R"(","overdue_minutes":62,)" + more + '}');
  };
  const auto seeded = try_out(
      R"("fee_type":"MULTIPLIER","multiplier":"2.00","grace_period_minutes":2,"max_daily_rate":"100.00")");
  EXPECT_EQ(seeded.at("/data/fee"), "100.00") << seeded.body;
  EXPECT_EQ(seeded.at("/data/effective_minutes"), 60);
  EXPECT_EQ(seeded.at("/data/capped"), false);
  EXPECT_EQ(seeded.at("/data/rate"), "5/6 per minute");
  const auto elsewhere =
      try_out(R"("fee_type":"FLAT_RATE","flat_rate_per_hour":"5","applicable_package_types":["DAILY"])");
  EXPECT_EQ(elsewhere.at("/data/fee"), "103.33") << "twice the rate: these do not apply to an hour";
  EXPECT_EQ(try_out(R"("fee_type":"FLAT_RATE")").problems(), problems{"flat_rate_per_hour:required"});

  rider_client writer{door_->port(), "admin"};
  const auto kept = writer.post(
      late_fees, R"({"name":"A","fee_type":"COMPOUND","multiplier":"1.5","flat_rate_per_hour":"10"})");
  const auto named = R"("configuration_id":")" + id_of(kept) + '"';
  EXPECT_EQ(try_out(named).at("/data/fee"), "87.83");
  EXPECT_EQ(try_out(named + R"(,"multiplier":"2")").problems(), problems{"configuration_id:conflict"});
  EXPECT_EQ(try_out(R"("configuration_id":")" + hour + '"').code(), "configuration_not_found");
  EXPECT_EQ(admin.post(late_fees + "/test-calculation", "{}").status, 400);
}

TEST_F(price_office_test, a_discount_names_its_station_and_its_package) {
  rider_client admin{door_->port(), "admin"};
  const auto made = admin.post(discounts, a_discount(R"(,"max_total_uses":10)"));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("/data/station/sn"), "ASAN");
  EXPECT_EQ(made.at("/data/station/name"), "Asan");
  EXPECT_EQ(made.at("/data/package/name"), "1 hour");
  EXPECT_EQ(made.at("/data/discount_percent"), "12.50");
  EXPECT_EQ(made.at("/data/used_count"), 0);
  EXPECT_EQ(admin.post(discounts, a_discount()).code(), "discount_exists");
  auto nowhere = a_discount();
  nowhere.replace(nowhere.find(asan.facts.id.text()), 36, hour);
  EXPECT_EQ(admin.post(discounts, nowhere).code(), "station_not_found");
  const auto one = discounts + '/' + id_of(made);
  EXPECT_EQ(admin.ask("PATCH", one, R"({"valid_until":"2025-01-01T00:00:00Z"})").problems(),
            problems{"valid_until:out_of_range"});
  const auto count = [&](const std::string& filter) {
    return admin.get(discounts + filter).at("/data/pagination/total_count");
  };
  EXPECT_EQ(count("?station_sn=ASAN"), 1);
  EXPECT_EQ(count("?status=ACTIVE"), 1);
  EXPECT_EQ(count("?package_id=" + hour), 1);
  EXPECT_EQ(count("?station_id=" + hour), 0);
  EXPECT_EQ(admin.get(discounts + "?station_sn=NEVER").problems(), problems{"station_sn:not_found"});
  now_ms_ += milliseconds{hours{24 * 32}}.count();
  EXPECT_EQ(count("?status=ACTIVE"), 0);
  EXPECT_EQ(admin.get(one).at("/data/status"), "EXPIRED") << "its days are over";
  EXPECT_EQ(admin.ask("PATCH", one, R"({"status":"INACTIVE"})").at("/data/status"), "INACTIVE");
}

TEST_F(price_office_test, what_came_of_a_discount_is_counted_and_it_is_not_forgotten) {
  rider_client admin{door_->port(), "admin"};
  const auto id = id_of(admin.post(discounts, a_discount(R"(,"max_total_uses":10,"max_uses_per_user":5)")));
  auto rental = testing::a_rental(id_named<user_id>("asha"), asan);
  rental.price = {43'75};
  record entry{id_named<record_id>("uses"), sample_time, {}};
  entry.add(rental);
  const auto use = [&](const rental_id& of, const char* who, discount_use_state state) {
    entry.add(discount_use{*discount_id::parse(id), of, id_named<user_id>(who), state, sample_time});
  };
  use(rental.id, "asha", discount_use_state::confirmed);
  use(id_named<rental_id>("second"), "asha", discount_use_state::reserved);
  use(id_named<rental_id>("third"), "bikash", discount_use_state::released);
  db->store(entry);
  const auto told = admin.get(discounts + '/' + id + "/analytics");
  EXPECT_EQ(told.at("/data/total_uses"), 2) << told.body;
  EXPECT_EQ(told.at("/data/confirmed_uses"), 1);
  EXPECT_EQ(told.at("/data/reserved_uses"), 1);
  EXPECT_EQ(told.at("/data/unique_users"), 1);
  EXPECT_EQ(told.at("/data/total_savings"), "6.25");
  EXPECT_EQ(told.at("/data/remaining_uses"), 8);
  EXPECT_EQ(admin.ask("DELETE", discounts + '/' + id).at("/data/status"), "INACTIVE");
  EXPECT_EQ(admin.ask("DELETE", packages + '/' + hour).code(), "package_in_use");
  EXPECT_EQ(admin.get(discounts + "/never/analytics").code(), "discount_not_found");
}

TEST_F(price_office_test, a_partner_is_a_rider_and_gets_stations_until_somebody_else_does) {
  rider_client admin{door_->port(), "admin"};
  const auto partner_of = [](const user_id& user, const std::string& kind) {
    return R"({"user_id":")" + user.text() +
           R"(","business_name":"Asan Traders","contact_phone":"9801234567",)" + kind + '}';
  };
  const auto vendor_kind = R"("partner_type":"VENDOR","vendor_type":"REVENUE")";
  EXPECT_EQ(admin.post(partners, partner_of(id_named<user_id>("nobody"), vendor_kind)).code(),
            "user_not_found");
  for (const char* name : {"asha", "bikash"}) {
    user_image user;
    user.id = id_named<user_id>(name);
    user.username = user.referral_code = name;
    record entry{id_named<record_id>(name), sample_time, {}};
    db->store(entry.add(user));
  }
  const auto vendor = admin.post(partners, partner_of(id_named<user_id>("asha"), vendor_kind));
  ASSERT_EQ(vendor.status, 201) << vendor.body;
  EXPECT_EQ(vendor.at("/data/code"), "VNREV-001");
  const auto other = admin.post(partners, partner_of(id_named<user_id>("bikash"), vendor_kind));
  const auto give = [&](const std::string& station, const http_answer& to) {
    return admin.post(assignments, R"({"station_id":")" + station + R"(","partner_id":")" + id_of(to) +
                                       R"(","revenue_model":"PERCENTAGE","partner_percent":"10"})");
  };
  EXPECT_EQ(give(hour, vendor).code(), "station_not_found");
  const auto given = give(asan.facts.id.text(), vendor);
  ASSERT_EQ(given.status, 201) << given.body;
  EXPECT_EQ(given.at("/data/role"), "OPERATOR");
  EXPECT_TRUE(given.at("/data/valid_until").is_null());
  EXPECT_EQ(give(asan.facts.id.text(), other).status, 201);
  const auto count = [&](const std::string& filter) {
    return admin.get(assignments + filter).at("/data/pagination/total_count");
  };
  EXPECT_EQ(count("?station_id=" + asan.facts.id.text()), 2);
  EXPECT_EQ(count("?is_active=true"), 1);
  EXPECT_EQ(count("?partner_id=" + id_of(vendor) + "&is_active=true"), 0) << "the second one closed it";
  EXPECT_EQ(admin.ask("DELETE", partners + '/' + id_of(vendor)).code(), "partner_in_use");
  EXPECT_EQ(admin.ask("PATCH", partners + '/' + id_of(vendor), R"({"status":"INACTIVE"})").at("/data/status"),
            "INACTIVE");
  EXPECT_EQ(admin.get(partners + "?status=INACTIVE").at("/data/results/0/code"), "VNREV-001");
  rider_client clerk{door_->port(), "finance"};
  EXPECT_EQ(clerk.get(partners).status, 200);
  EXPECT_EQ(clerk.post(partners, "{}").status, 403);
}

TEST_F(price_office_test, revenue_is_told_with_its_station_its_partners_and_its_sums) {
  revenue_distribution shared;
  shared.id = id_named<ledger_journal_id>("share");
  shared.event_key = "rental:x:earn:share";
  shared.station = asan.facts.id;
  shared.terms = {id_named<partner_id>("franchise"), 3000, {}, 0, 13, 250};
  shared.amounts = share_of({5000}, shared.terms);
  shared.at = sample_time;
  record entry{id_named<record_id>("share"), sample_time, {}};
  db->store(entry.add(shared));
  rider_client clerk{door_->port(), "finance"};
  const auto told = clerk.get("/api/admin/revenue");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.at("/data/results/0/station/sn"), "ASAN");
  EXPECT_EQ(told.at("/data/results/0/net"), "42.25");
  EXPECT_EQ(told.at("/data/results/0/franchise_share"), "12.68");
  EXPECT_EQ(told.at("/data/results/0/franchise/percent"), "30.00");
  EXPECT_TRUE(told.at("/data/results/0/vendor").is_null());
  EXPECT_EQ(told.at("/data/summary/platform_share"), "29.57");
  EXPECT_EQ(told.at("/data/summary/distributions"), 1);
  EXPECT_TRUE(told.at("/data/next_cursor").is_null());
  EXPECT_EQ(clerk.get("/api/admin/revenue?partner_id=x&from=never").problems(),
            (problems{"partner_id:too_short", "from:too_short"}));
}

}  // namespace
}  // namespace chautari
