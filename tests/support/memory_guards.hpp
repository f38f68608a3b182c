#pragma once
/// What the database would refuse of single rows: its unique indexes, asked when the whole record is in. Only
/// for memory_store.cpp.

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/support/memory_store.hpp"

namespace chautari::testing {

struct memory_guards {
  memory_store& db;
  std::string broken_guard{};

  void expect(bool holds, const char* guard) {
    if (!holds) broken_guard = guard;
  }

  static bool is_same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
  }
  void check_user(const user_image& user) {
    for (const auto& [id, other] : db.users) {
      if (id == user.id) continue;
      expect(!is_same_name(other.username, user.username), "unique lower(username)");
      expect(user.email.empty() || other.email != user.email, "unique email");
      expect(user.phone.empty() || other.phone != user.phone, "unique phone");
      expect(other.referral_code != user.referral_code, "unique referral_code");
    }
  }

  /// True if none but `mine` has the same of it.
  template <class Map, class Id, class Same>
  void expect_only(const Map& map, const Id& mine, Same is_same, const char* guard) {
    for (const auto& [id, other] : map)
      expect(id == mine || !is_same(other), guard);
  }
  void check_only(const operator_image& mine) {
    expect_only(
        db.operators, mine.id, [&](const auto& other) { return other.email == mine.email; }, "unique email");
  }
  void check_only(const station_image& mine) {
    expect_only(
        db.stations, mine.id,
        [&](const auto& other) { return other.serial == mine.serial || other.cabinet == mine.cabinet; },
        "a station's serial and imei are unique");
  }
  void check_only(const amenity_image& mine) {
    const auto is_same = [&](const auto& other) {
      return !mine.is_deleted && !other.is_deleted && is_same_name(other.name, mine.name);
    };
    expect_only(db.amenities, mine.id, is_same, "unique lower(name)");
  }
  void check_only(const rental_issue_image& mine) {
    const auto is_open = [](const rental_issue_image& issue) {
      return !issue.is_resolved && !issue.is_deleted;
    };
    const auto is_same = [&](const auto& other) {
      return is_open(mine) && is_open(other) && other.rental == mine.rental && other.type == mine.type;
    };
    expect_only(db.rental_issues, mine.id, is_same, "one open issue per rental and type");
  }
  void check_only(const late_fee_configuration&) {
    const auto& all = db.prices.late_fees;
    expect(std::count_if(all.begin(), all.end(), [](const auto& one) { return one.is_active; }) <= 1,
           "one active late fee");
  }
  void check_only(const station_discount& mine) {
    for (const auto& other : db.prices.discounts)
      expect(other.id == mine.id || !(other.station == mine.station && other.package == mine.package),
             "one discount per station and package");
  }
  void check_only(const business_partner& mine) {
    for (const auto& other : db.prices.partners)
      expect(other.id == mine.id || !(other.user == mine.user || other.code == mine.code),
             "one partner per user and code");
  }
  void check_only(const station_partner& mine) {
    for (const auto& other : db.prices.station_partners)
      expect(other.id == mine.id || !mine.is_open() || !other.is_open() || !(other.station == mine.station) ||
                 other.role != mine.role,
             "one owner and one operator per station");
  }
  void check_only(const vendor_ejection& mine) {
    const auto is_same = [&](const vendor_ejection& other) {
      return !mine.is_released && !other.is_released && other.vendor == mine.vendor &&
             other.station == mine.station && other.day == mine.day;
    };
    expect_only(db.vendor_ejections, mine.rental, is_same, "one free ejection a day");
  }
  void check_only(const payment_intent& mine) {
    const auto is_same = [&](const auto& other) {
      const bool is_same_payment = !mine.provider_ref.empty() && other.provider == mine.provider &&
                                   other.provider_ref == mine.provider_ref;
      return is_same_payment || other.opened_by == mine.opened_by;
    };
    expect_only(db.intents, mine.id, is_same, "one payment pays one intent");
  }
  void check_only(const referral_image& mine) {
    expect_only(
        db.referrals, mine.id, [&](const auto& other) { return other.invitee == mine.invitee; },
        "somebody is invited once");
  }
};

}  // namespace chautari::testing
