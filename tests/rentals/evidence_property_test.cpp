/// A bank's whole life from one seed, told twice: once complete, once with a fifth of every message lost,
/// others doubled, all of them out of order, and forged claims among them. What the rental makes of the
/// second telling must never cost its rider more than the first.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>

#include "actors/rentals/evidence.hpp"

namespace chautari {
namespace {

constexpr int histories = 12'000;
constexpr int cabinets = 3;
const timestamp dawn = from_ms(1'767'225'600'000);
const bank_sn the_bank{40000001};

template <class Id>
Id numbered(std::size_t n) {
  return Id{boost::uuids::uuid{{static_cast<std::uint8_t>(n + 1)}}};
}
station_id station_of(int cabinet) { return numbered<station_id>(static_cast<std::size_t>(cabinet)); }

/// What really happened.
struct ride {
  rental_image opening;
  int home = 0;
  int back = 0;
  timestamp sent_at, left_at, returned_at;
};
enum class word : std::uint8_t { reply, report, self_test, snapshot, claim, forged };
struct message {
  word what;
  int cabinet = 0;
  timestamp at;
  std::size_t ride = 0;
  bool is_bank_here = false;
  [[nodiscard]] bool is_mqtt() const { return what != word::claim && what != word::forged; }
};
struct silence {
  int cabinet = 0;
  timestamp from, until;
};

class world {
public:
  explicit world(std::uint64_t seed) : dice_{seed} {
    live();
    speak();
  }

  std::vector<ride> rides;
  std::vector<message> said;
  std::vector<silence> silences;

  timestamp::duration between(milliseconds low, milliseconds high) {
    return milliseconds{std::uniform_int_distribution<std::int64_t>{low.count(), high.count()}(dice_)};
  }
  bool chance(double of) { return std::bernoulli_distribution{of}(dice_); }
  int below(int end) { return std::uniform_int_distribution<int>{0, end - 1}(dice_); }
  template <class Vector>
  void shuffle(Vector& all) {
    std::shuffle(all.begin(), all.end(), dice_);
  }

private:
  rental_image open(std::size_t n, int home, timestamp at) {
    rental_image rental;
    rental.id = numbered<rental_id>(n);
    rental.station = station_of(home);
    rental.bank_serial = the_bank;
    rental.package.duration_minutes = chance(0.5) ? 60 : 240;
    rental.package.price = rental.package.duration_minutes == 60 ? money{50'00} : money{150'00};
    rental.package.model = chance(0.5) ? payment_model::prepaid : payment_model::postpaid;
    if (rental.package.model == payment_model::prepaid) rental.price = rental.package.price;
    rental.late_fee.grace_minutes = below(5);
    if (chance(0.3)) rental.late_fee.daily_cap = money{100'00};
    rental.created_at = at;
    return rental;
  }

  void live() {
    int home = 0;
    timestamp now = dawn;
    const int count = 1 + below(3);
    for (int n = 0; n < count; ++n) {
      ride one;
      one.home = home;
      one.back = below(cabinets);
      const timestamp ordered_at = now + between(minutes{2}, minutes{45});
      one.opening = open(rides.size(), home, ordered_at);
      one.sent_at = ordered_at + between(milliseconds{5}, seconds{20});
      one.left_at = one.sent_at + between(seconds{1}, milliseconds{2900});
      const auto out_for = chance(0.2)   ? between(minutes{1}, minutes{9})
                           : chance(0.6) ? between(minutes{10}, hours{3})
                                         : between(hours{3}, hours{9});
      now = one.returned_at = one.left_at + out_for;
      home = one.back;
      rides.push_back(one);
    }
    end_ = now + hours{6};
  }

  [[nodiscard]] bool is_bank_at(int cabinet, timestamp at) const {
    int here = 0;
    for (const auto& one : rides) {
      if (at < one.left_at) break;
      here = at < one.returned_at ? -1 : one.back;
    }
    return here == cabinet;
  }

  void snapshot(int cabinet, timestamp at) {
    said.push_back({word::snapshot, cabinet, at, 0, is_bank_at(cabinet, at)});
  }

  void speak() {
    for (std::size_t n = 0; n < rides.size(); ++n) {
      const ride& one = rides[n];
      said.push_back({word::reply, one.home, one.left_at + between(milliseconds{20}, milliseconds{90}), n});
      for (const seconds check : {seconds{20}, seconds{30}, seconds{45}, seconds{75}})
        snapshot(one.home, one.sent_at + check);
      said.push_back(
          {word::report, one.back, one.returned_at + between(milliseconds{5}, milliseconds{900}), n});
      snapshot(one.back, one.returned_at + between(seconds{2}, seconds{4}));
      if (chance(0.7))
        said.push_back({word::self_test, one.back, one.returned_at + between(seconds{3}, seconds{55}), n});
      if (chance(0.8))
        said.push_back({word::claim, one.back, one.returned_at + between(seconds{1}, seconds{50}), n});
      // Anybody can forge a claim while the bank is out.
      if (chance(0.4))
        said.push_back({word::forged, below(cabinets),
                        one.left_at + between(seconds{1}, one.returned_at - one.left_at), n});
    }
    for (int cabinet = 0; cabinet < cabinets; ++cabinet) {
      for (auto at = dawn - between(minutes{0}, minutes{20}); at < end_;
           at += between(minutes{18}, minutes{22}))
        snapshot(cabinet, at);
    }
    if (chance(0.4)) fall_silent();
    std::stable_sort(said.begin(), said.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  }

  /// A cabinet without a line: what it says over MQTT is gone for good, and the first thing it says
  /// afterwards is a snapshot. Not while an ejection is under way in it: nobody could have sent that.
  void fall_silent() {
    silence dark{below(cabinets), rides.back().left_at - between(minutes{0}, hours{2}), {}};
    dark.until = dark.from + between(minutes{5}, hours{4});
    for (const auto& one : rides) {
      const bool is_over = one.home != dark.cabinet || dark.from >= one.sent_at + minutes{2};
      if (!is_over && one.opening.created_at < dark.until) return;
    }
    std::erase_if(said, [&](const auto& m) {
      return m.is_mqtt() && m.cabinet == dark.cabinet && m.at >= dark.from && m.at < dark.until;
    });
    snapshot(dark.cabinet, dark.until + seconds{1});
    silences.push_back(dark);
  }

  std::mt19937_64 dice_;
  timestamp end_;
};

/// What its kiosks make of what arrives: the same reduction as the server's.
class listener {
public:
  listener(const world& all, const std::vector<message>& heard) : world_{all} {
    for (const auto& one : heard) {
      settle_ejections(one.at);
      hear(one);
    }
    settle_ejections(timestamp::max());
  }
  std::vector<evidence> known;
  std::vector<std::pair<int, timestamp>> absences;

private:
  struct cabinet {
    timestamp last_heard = dawn;
    std::optional<timestamp> outage_since;
    std::optional<timestamp> absent_at;
    bool has_claim = false;
  };
  struct verification {
    bool is_decided = false;
    std::optional<timestamp> present_at;
  };

  evidence at_cabinet(evidence_kind kind, const message& m, timestamp happened_at) {
    evidence one;
    one.kind = kind;
    one.bank = the_bank;
    one.station = station_of(m.cabinet);
    one.heard_at = m.at;
    one.at = happened_at;
    if (kind != evidence_kind::absence)
      one.absent_at = cabinets_[static_cast<std::size_t>(m.cabinet)].absent_at;
    return one;
  }
  void ejection(evidence_kind kind, std::size_t ride, timestamp heard_at, timestamp at) {
    evidence one;
    one.kind = kind;
    one.bank = the_bank;
    one.rental = world_.rides[ride].opening.id;
    one.station = world_.rides[ride].opening.station;
    one.heard_at = heard_at;
    one.at = at;
    known.push_back(one);
    verifications_[ride].is_decided = true;
  }

  /// Nobody found out before the same bank was given to somebody else.
  void settle_ejections(timestamp now) {
    for (std::size_t n = 0; n + 1 < world_.rides.size(); ++n) {
      const timestamp next = world_.rides[n + 1].opening.created_at;
      if (now >= next && !verifications_[n].is_decided) ejection(evidence_kind::stayed, n, next, next);
    }
  }

  void hear(const message& m) {
    cabinet& box = cabinets_[static_cast<std::size_t>(m.cabinet)];
    for (const auto& dark : world_.silences) {
      const bool is_known = dark.cabinet == m.cabinet && box.last_heard < dark.until && m.at >= dark.from;
      if (is_known && !box.outage_since) box.outage_since = std::min(box.last_heard, dark.from);
    }
    const timestamp happened_at = box.outage_since ? std::min(*box.outage_since, m.at) : m.at;
    if (!m.is_mqtt()) {
      box.has_claim = true;
      known.push_back(at_cabinet(evidence_kind::claim, m, happened_at));
      return;
    }
    box.last_heard = m.at;
    if (m.what == word::reply) ejection(evidence_kind::ejected, m.ride, m.at, m.at);
    if (m.what == word::report) known.push_back(at_cabinet(evidence_kind::return_report, m, happened_at));
    if (m.what == word::self_test) known.push_back(at_cabinet(evidence_kind::self_test, m, happened_at));
    if (m.what == word::snapshot) see(m, box, happened_at);
  }

  void see(const message& m, cabinet& box, timestamp happened_at) {
    for (std::size_t n = 0; n < world_.rides.size(); ++n) {
      const ride& one = world_.rides[n];
      if (one.home == m.cabinet && m.at >= one.sent_at && m.at < one.sent_at + seconds{5}) return;
      verify(n, m);
    }
    box.outage_since.reset();
    if (!m.is_bank_here) {
      box.absent_at = m.at;
      absences.emplace_back(m.cabinet, m.at);
      if (box.has_claim) known.push_back(at_cabinet(evidence_kind::absence, m, m.at));
      return;
    }
    known.push_back(at_cabinet(evidence_kind::snapshot, m, happened_at));
    box.has_claim = false;
  }

  void verify(std::size_t n, const message& m) {
    const ride& one = world_.rides[n];
    verification& its = verifications_[n];
    if (its.is_decided || one.home != m.cabinet || m.at < one.sent_at + seconds{5}) return;
    if (!m.is_bank_here) return ejection(evidence_kind::ejected, n, m.at, one.sent_at + seconds{3});
    if (its.present_at && m.at >= one.sent_at + seconds{10} && m.at >= *its.present_at + seconds{5})
      return ejection(evidence_kind::stayed, n, m.at, m.at);
    if (!its.present_at) its.present_at = m.at;
  }

  const world& world_;
  std::array<cabinet, cabinets> cabinets_;
  std::array<verification, 4> verifications_;
};

std::vector<message> lose_and_repeat(world& all) {
  std::vector<message> heard;
  for (const auto& one : all.said) {
    if (one.what != word::forged && all.chance(0.2)) continue;
    heard.push_back(one);
    if (!all.chance(0.2)) continue;
    heard.push_back(one);
    heard.back().at += all.between(milliseconds{0}, seconds{2});
  }
  std::stable_sort(heard.begin(), heard.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return heard;
}

/// The rental as it lives: it hears one thing after the other, and its first closing is for good. A kiosk
/// tells in order, but each as late as it must.
evidence_reading live_through(const rental_image& opening, const std::vector<evidence>& told, world& all) {
  std::vector<std::pair<timestamp, const evidence*>> queue;
  std::map<station_id, timestamp> told_by;
  for (const auto& one : told) {
    timestamp& last = told_by[one.station];
    last = std::max(last, one.heard_at + all.between(milliseconds{0}, seconds{90}));
    if (one.heard_at >= opening.created_at) queue.emplace_back(last, &one);
  }
  std::stable_sort(queue.begin(), queue.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<evidence> known;
  evidence_reading reading;
  for (const auto& [at, one] : queue) {
    known.push_back(*one);
    reading = read_evidence(opening, known);
    if (!is_open(reading.status)) break;
  }
  return reading;
}

/// The least that a rider who really brought the bank back must still pay: up to the last thing heard that
/// proves the bank was not back yet.
money least(const world& all, const ride& one, const evidence_reading& lossy, const listener& heard) {
  timestamp since = *lossy.started_at;
  const bool is_next_ejection = lossy.proof->kind == evidence_kind::ejected;  // It came back unseen.
  for (const auto& [cabinet, at] : heard.absences) {
    if (!is_next_ejection && cabinet == one.back && at <= one.returned_at) since = std::max(since, at);
  }
  for (const auto& dark : all.silences) {
    // The rider does not pay for an outage of ours.
    if (dark.cabinet == one.back && dark.from <= one.returned_at && one.returned_at <= dark.until + hours{1})
      return money{};
  }
  for (const auto& forged : heard.known) {
    const bool is_before = forged.kind == evidence_kind::claim && forged.heard_at >= *lossy.started_at;
    if (is_before && forged.station == station_of(one.back) && forged.heard_at >= since - claim_lag)
      since = std::min(since, forged.heard_at - claim_lag);
  }
  rental_image then = one.opening;
  then.status = rental_status::active;
  then.started_at = lossy.started_at;
  then.due_at = *lossy.started_at + minutes{allotted_minutes(then)};
  return bill_at(then, std::max(since, *lossy.started_at)).charged();
}

struct tally {
  int closed = 0, equal = 0, cancelled = 0;
};

void compare(world& all, std::size_t n, const listener& whole, const listener& part, tally& count) {
  const ride& one = all.rides[n];
  const auto lossless = read_evidence(one.opening, whole.known);
  const auto lossy = read_evidence(one.opening, part.known);
  ASSERT_EQ(lossless.status, rental_status::completed);
  ASSERT_LE(*lossless.ended_at, one.returned_at + seconds{1});
  auto mixed = part.known;
  mixed.insert(mixed.end(), part.known.begin(), part.known.end());
  all.shuffle(mixed);
  const auto again = read_evidence(one.opening, mixed);
  ASSERT_EQ(again.bill, lossy.bill) << "order and repetition of evidence do not matter";
  ASSERT_EQ(again.ended_at, lossy.ended_at);
  ASSERT_FALSE(is_open(lossy.status));
  const auto lived = live_through(one.opening, part.known, all);
  for (const auto& reading : {lossy, lived}) {
    ASSERT_LE(reading.bill.charged(), lossless.bill.charged()) << "never to the rider's disadvantage";
    if (reading.status == rental_status::cancelled) {
      ++count.cancelled;
      continue;
    }
    ++count.closed;
    if (reading.bill == lossless.bill) ++count.equal;
    ASSERT_GE(reading.bill.charged(), least(all, one, reading, part)) << "nothing but the gap is given away";
  }
}

/// At every moment one rider has it or one cabinet.
void expect_one_place(const world& all, const listener& part) {
  std::optional<timestamp> free_since;
  for (const auto& one : all.rides) {
    const auto reading = read_evidence(one.opening, part.known);
    if (!reading.started_at) continue;
    if (free_since) {
      ASSERT_LE(*free_since, *reading.started_at) << "two riders had one bank";
    }
    ASSERT_TRUE(reading.ended_at);
    ASSERT_EQ(reading.where, whereabouts::returned);
    ASSERT_LE(*reading.started_at, *reading.ended_at);
    free_since = reading.ended_at;
  }
}

TEST(evidence_history, less_evidence_never_costs_a_rider_more_and_leaves_a_bank_in_one_place) {
  tally count;
  for (std::uint64_t seed = 1; seed <= histories && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    world all{seed};
    std::vector<message> genuine;
    std::copy_if(all.said.begin(), all.said.end(), std::back_inserter(genuine),
                 [](const auto& one) { return one.what != word::forged; });
    const listener whole{all, genuine};
    const listener part{all, lose_and_repeat(all)};
    for (std::size_t n = 0; n < all.rides.size(); ++n)
      compare(all, n, whole, part, count);
    expect_one_place(all, part);
  }
  EXPECT_GT(count.equal, count.closed * 7 / 10) << "most evidence loss changes no bill";
  EXPECT_LT(count.cancelled, count.closed / 100);
}

}  // namespace
}  // namespace chautari
