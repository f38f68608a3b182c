/// How income is shared, as tables; and which partner has which station, with the real PRICES.
#include "protocols/pricing/revenue.hpp"

#include <gtest/gtest.h>

#include "actors/accounts/ledger_postings.hpp"
#include "actors/rentals/revenue_rules.hpp"
#include "tests/pricing/prices_world.hpp"

namespace chautari::testing {
namespace {

using enum price_action;

const partner_id franchise{boost::uuids::uuid{{1}}};
const partner_id vendor{boost::uuids::uuid{{2}}};

revenue_terms terms(bool has_franchise, std::int32_t y, bool has_vendor, std::int32_t x) {
  return {has_franchise ? franchise : partner_id{}, y, has_vendor ? vendor : partner_id{}, x, 13, 250};
}

struct division {
  const char* why;
  std::int64_t gross;
  revenue_terms by;
  std::int64_t vat, service, net, platform, franchise, vendor;
};

TEST(shares, divide_the_net_and_leave_the_rest_to_the_platform) {
  const division table[] = {
      {"net is derived last", 12750, terms(false, 0, true, 0), 1658, 319, 10773, 10773, 0, 0},
      {"E3d", 5000, terms(true, 3000, true, 1000), 650, 125, 4225, 2957, 1141, 127},
      {"a franchise alone", 5000, terms(true, 3000, false, 0), 650, 125, 4225, 2957, 1268, 0},
      {"a vendor of the platform", 5000, terms(false, 0, true, 1000), 650, 125, 4225, 3802, 0, 423},
      {"one with a fixed sum", 5000, terms(true, 3000, true, 0), 650, 125, 4225, 2957, 1268, 0},
      {"everything is the franchise's", 5000, terms(true, 10000, true, 10000), 650, 125, 4225, 0, 0, 4225},
      {"postpaid, E4b", 7917, terms(true, 3000, true, 1000), 1029, 198, 6690, 4683, 1806, 201},
      {"one paisa", 1, terms(true, 3000, true, 1000), 0, 0, 1, 1, 0, 0},
  };
  for (const auto& row : table) {
    const auto share = share_of({row.gross}, row.by);
    EXPECT_EQ(share.vat, money{row.vat}) << row.why;
    EXPECT_EQ(share.service, money{row.service}) << row.why;
    EXPECT_EQ(share.net(), money{row.net}) << row.why;
    EXPECT_EQ(share.platform(), money{row.platform}) << row.why;
    EXPECT_EQ(share.franchise, money{row.franchise}) << row.why;
    EXPECT_EQ(share.vendor, money{row.vendor}) << row.why;
    EXPECT_EQ(share.vat + share.service + share.platform() + share.franchise + share.vendor, share.gross);
  }
}

TEST(shares, taken_back_in_pieces_are_taken_back_whole) {
  rental_image rental;
  rental.life.revenue.emplace().terms = terms(true, 3333, true, 777);
  const auto given = share_income(rental, income_kind::rental, rental.price = {4999});
  ASSERT_TRUE(given);
  income_share left = given->amounts;
  for (const std::int64_t piece : {1667, 1, 2000, 1331}) {
    rental.life.adjustment -= money{piece};
    const auto back = share_adjustment(rental, money{-piece});
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].amounts.gross, money{-piece});
    EXPECT_LE(back[0].amounts.franchise, money{});
    left = left + back[0].amounts;
    EXPECT_EQ(rental.life.revenue->shared[0], left);
  }
  EXPECT_EQ(left, income_share{}) << "the last piece takes what rounding left";
  EXPECT_TRUE(share_adjustment(rental, {-100}).empty()) << "no more than was shared";
}

TEST(shares, what_is_taken_back_comes_out_of_the_penalty_then_late_fees_extensions_and_base) {
  rental_image rental;
  rental.life.revenue.emplace().terms = terms(true, 3000, true, 1000);
  share_income(rental, income_kind::rental, rental.price = {5000});
  share_income(rental, income_kind::extension, rental.life.extensions_charged = {2000});
  share_income(rental, income_kind::late_fee, rental.late_fee_charged = {1000});
  rental.life.lost_penalty_charged = {500'000};
  const auto adjust = [&](std::int64_t amount) {
    rental.life.adjustment += money{amount};
    std::string told;
    for (const auto& part : share_adjustment(rental, {amount}))
      told += to_string(part.kind) + ' ' + std::to_string(part.amounts.gross.paisa) + ' ';
    return told;
  };
  EXPECT_EQ(adjust(-499'000), "") << "nobody shared in the penalty";
  EXPECT_EQ(adjust(-2'500), "LATE_FEE -1000 EXTENSION -500 ") << "10.00 of the penalty were left";
  EXPECT_EQ(adjust(3'000), "RENTAL 3000 ") << "more is income like any other";
  EXPECT_EQ(adjust(-9'500), "EXTENSION -1500 RENTAL -8000 ");
  EXPECT_EQ(rental.life.revenue->shared, (std::array<income_share, income_kinds>{}));
}

TEST(shares, a_journal_gives_to_each_partner_and_its_reversal_takes_the_same) {
  const posting of{{}, user_id{boost::uuids::uuid{{7}}}, rental_id{boost::uuids::uuid{{8}}}, {}};
  const auto by = terms(true, 3000, true, 1000);
  const auto share = share_of({5000}, by);
  const auto given = share_journal(of, "rental:x:earn:share", by, share);
  const auto back = share_journal(of, "rental:x:adjust:1:share:RENTAL", by, -share);
  ASSERT_TRUE(given && back);
  EXPECT_TRUE(is_balanced(*given) && is_balanced(*back));
  ASSERT_EQ(given->lines.size(), 3U);
  EXPECT_EQ(given->lines[0].code, "5100");
  EXPECT_EQ(given->lines[0].debit, 1268);
  EXPECT_EQ(given->lines[1].owner, franchise.value);
  EXPECT_EQ(given->lines[1].credit, 1141);
  EXPECT_EQ(given->lines[2].owner, vendor.value);
  EXPECT_EQ(given->lines[2].credit, 127);
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_EQ(back->lines[n].debit, given->lines[n].credit);
    EXPECT_EQ(back->lines[n].credit, given->lines[n].debit);
  }
  EXPECT_FALSE(share_journal(of, "rental:x:earn:share", terms(false, 0, true, 0), share_of({5000}, {})));
}

struct partners : ::testing::Test {
  prices_world world;

  std::string partner_fields(const std::string& more) {
    return R"({"user_id":")" + world.system.ids().make<user_id>().text() +
           R"(","business_name":"Asan Traders","contact_phone":"9801234567",)" + more + '}';
  }
  std::string add_partner(const std::string& more) {
    return world.add(price_table::partners, partner_fields(more));
  }
  std::string franchise_of_30() {
    return add_partner(R"("partner_type":"FRANCHISE","revenue_share_percent":"30.00")");
  }
  std::string revenue_vendor() { return add_partner(R"("partner_type":"VENDOR","vendor_type":"REVENUE")"); }
  auto give(const std::string& partner, const std::string& more = "") {
    return world.change(price_table::station_partners, create, {},
                        R"({"station_id":")" + world.all->station.id.text() + R"(","partner_id":")" +
                            partner + '"' + more + '}');
  }
  static std::optional<price_refusal> why(const std::shared_ptr<asked<price_changed>>& done) {
    return done->error ? reason_of<price_refusal>(*done->error) : std::nullopt;
  }
  std::optional<revenue_terms> now() {
    return revenue_terms_at(world.now_offered(), world.all->station.id, {});
  }
};
constexpr auto ten_percent = R"(,"revenue_model":"PERCENTAGE","partner_percent":"10")";

TEST_F(partners, get_a_code_of_their_kind_and_are_one_per_rider) {
  franchise_of_30();
  revenue_vendor();
  const auto fields = partner_fields(R"("partner_type":"FRANCHISE")");
  const auto made = world.change(price_table::partners, create, {}, fields);
  ASSERT_TRUE(made->answer);
  EXPECT_EQ(boost::json::parse(made->answer->row).at("code"), "FR-002");
  EXPECT_EQ(why(world.change(price_table::partners, create, {}, fields)),
            price_refusal::user_already_partner);
  add_partner(R"("partner_type":"VENDOR","vendor_type":"NON_REVENUE")");
  std::string codes;
  for (const auto& one : world.now_offered().partners)
    codes += one.code + ' ';
  EXPECT_EQ(codes, "FR-001 FR-002 VN-001 VNREV-001 ");
  for (const auto* broken :
       {R"("partner_type":"VENDOR")", R"("partner_type":"FRANCHISE","vendor_type":"REVENUE")",
        R"("partner_type":"VENDOR","vendor_type":"REVENUE","revenue_share_percent":"1")"})
    EXPECT_EQ(why(world.change(price_table::partners, create, {}, partner_fields(broken))),
              price_refusal::validation_error)
        << broken;
}

TEST_F(partners, another_one_closes_the_row_of_the_one_before_and_rewrites_nothing) {
  const auto first = revenue_vendor();
  const auto second = revenue_vendor();
  ASSERT_TRUE(give(franchise_of_30())->answer);
  ASSERT_TRUE(give(first, ten_percent)->answer);
  EXPECT_EQ(now()->vendor.text(), first);
  world.system.advance(hours{1}, hours{1});
  const auto moved = world.system.now();
  ASSERT_TRUE(give(second, R"(,"revenue_model":"FIXED")")->answer);
  EXPECT_EQ(now()->vendor.text(), second);
  EXPECT_EQ(now()->vendor_hundredths, 0);
  EXPECT_EQ(now()->franchise_hundredths, 3000) << "the owner is another role";
  const auto& rows = world.store->prices.station_partners;
  ASSERT_EQ(rows.size(), 3U);
  const auto old =
      std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.partner.text() == first; });
  EXPECT_EQ(old->valid_until, moved);
  EXPECT_EQ(old->percent_hundredths, 1000);
  EXPECT_EQ(why(world.change(price_table::partners, remove, first)), price_refusal::partner_in_use);
  world.come_back();
  EXPECT_EQ(now()->vendor.text(), second);
}

TEST_F(partners, are_given_a_station_only_on_terms_of_their_kind_and_while_active) {
  const auto id = revenue_vendor();
  EXPECT_EQ(why(give(id)), price_refusal::invalid_partner_terms);
  EXPECT_EQ(why(give(franchise_of_30(), ten_percent)), price_refusal::invalid_partner_terms);
  EXPECT_EQ(why(give(world.package.id.text())), price_refusal::partner_not_found);
  world.change(price_table::partners, price_action::change, id, R"({"status":"SUSPENDED"})");
  EXPECT_EQ(why(give(id, ten_percent)), price_refusal::partner_not_active);
  EXPECT_FALSE(now());
}

TEST_F(partners, that_are_taken_off_a_station_stay_in_its_history) {
  const auto id = revenue_vendor();
  ASSERT_TRUE(give(id, ten_percent)->answer);
  const auto row = world.now_offered().station_partners.at(0).id.text();
  const auto ended = world.change(price_table::station_partners, remove, row);
  ASSERT_TRUE(ended->answer);
  EXPECT_FALSE(boost::json::parse(ended->answer->row).at("valid_until").is_null());
  EXPECT_FALSE(now());
  EXPECT_EQ(world.now_offered().station_partners.size(), 1U);
  EXPECT_EQ(world.store->audit_log.back().action, "station_partner.deactivate");
}

}  // namespace
}  // namespace chautari::testing
