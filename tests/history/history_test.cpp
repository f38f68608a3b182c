/// Whole cities from seeds: real actors on a pretended network, faults everywhere, an auditor after every
/// step. HISTORY_SEEDS sets how many (1,000), HISTORY_FIRST_SEED where to begin.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "actors/accounts/accounts_directory.hpp"
#include "actors/accounts/ledger_postings.hpp"
#include "actors/kiosks/kiosks_directory.hpp"
#include "actors/rentals/rentals_directory.hpp"
#include "actors/stations/stations_directory.hpp"
#include "actors/timers/timers_actor.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/history/auditor.hpp"
#include "tests/history/city_operator.hpp"
#include "tests/history/city_partners.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"

namespace chautari::testing {
namespace {

constexpr seconds step{1};
constexpr minutes life{40};
constexpr int riders_max = 7;
constexpr minutes quiet_max{30};

class history {
public:
  explicit history(std::uint64_t seed)
      : system_{seed},
        store_{std::make_shared<memory_store>()},
        city_{seed, system_.clock()},
        auditor_{*store_} {
    store_->after_each = [this](const record& entry) {
      auditor_.after(entry);
      if (tells_story_) tell(entry);
    };
    city_.to_server = [this](const cabinet_frame& frame) { system_.tell(kiosks_, frame); };
    city_.note = [this](const std::string& what) { say("world " + what); };
    city_.to_session = [this](const broker_session& session) { system_.tell(kiosks_, session); };
    build_city();
    start_server();
    city_.begin();
    for (int n = 0; n < riders_max; ++n)
      riders_.push_back(new_rider());
    give_away(prices_.prices, city_.cabinets.front().station, riders_.front(), system_.ids());
    system_.ask<nothing>(rentals_, prices_);
    for (std::size_t n = 0; n < riders_.size(); ++n)
      city_.later(city_.between(seconds{5}, seconds{40}), [this, n] { want_a_bank(n); });
    city_.later(city_.between(seconds{30}, seconds{200}), [this] { lose_the_database(); });
    city_.later(city_.between(seconds{60}, seconds{600}), [this] { crash(); });
    city_.later(city_.between(seconds{60}, seconds{200}), [this] { send_the_technician(); });
  }

  /// The first thing that was wrong; empty if nothing was.
  std::string live() {
    const timestamp end = system_.now() + life;
    while (system_.now() < end && auditor_.complaint().empty()) {
      take_step();
      if (city_.roll(60) == 0) auditor_.whole_book();
    }
    calm_down();
    const timestamp last = system_.now() + quiet_max;
    timestamp settled_at = last;
    while (system_.now() < last && system_.now() < settled_at && auditor_.complaint().empty()) {
      take_step();
      if (settled_at == last && is_settled()) settled_at = system_.now() + minutes{4};
      if (city_.roll(30) == 0) technician_.declare_fit();
    }
    if (!auditor_.complaint().empty()) return auditor_.complaint();
    auditor_.quiet_end(city_);
    for (const auto rider : everybody_)
      compare_wallet(rider);
    return auditor_.complaint();
  }

  /// Everything that was stored, in order, for whoever looks for the reason. Only with HISTORY_STORY set.
  [[nodiscard]] std::string story() const {
    std::string text;
    for (const auto& line : story_)
      text += line + '\n';
    return text + std::to_string(store_->conflicts) + " conflicts, the last: " + store_->last_conflict;
  }

  [[nodiscard]] const memory_store& store() const { return *store_; }
  [[nodiscard]] std::size_t ejections() const { return city_.ejections.size(); }
  int crashes = 0;

private:
  // -- the story
  void say(const std::string& what) {
    if (tells_story_) story_.push_back(to_rfc3339(system_.now()).substr(11, 8) + ' ' + what);
  }
  void tell(const record& entry) {
    for (const auto& part : entry.parts) {
      if (const auto* line = std::get_if<rental_log_entry>(&part))
        say("rental " + line->rental.text().substr(28) + ' ' + line->kind + ' ' + line->rule + ' ' +
            line->data);
      if (const auto* line = std::get_if<cabinet_log_entry>(&part))
        say("cabinet " + line->cabinet.value.substr(14) + ' ' + line->kind + ' ' + line->data);
      if (const auto* bank = std::get_if<bank_image>(&part))
        say("bank " + bank->serial.text() + ' ' + to_string(bank->status) + " slot " +
            std::to_string(bank->slot) + " of " + bank->station.text().substr(28) + " rental " +
            bank->rental.text().substr(28));
    }
  }

  // -- the world
  void build_city() {
    const auto ids = system_.ids();
    record seeded{ids.make<record_id>(), system_.now(), {}};
    for (int at = 0; at < 2; ++at) {
      station_image facts;
      facts.id = ids.make<station_id>();
      facts.serial = {"ST-" + std::to_string(at)};
      facts.cabinet = {"86000000000000" + std::to_string(at)};
      facts.name = "Station " + std::to_string(at);
      facts.total_slots = city_model::slots_per_cabinet;
      store_->stations[facts.id] = facts;
      city_.cabinets.push_back({facts.id, facts.serial, facts.cabinet});
      for (int slot = 1; slot <= 3; ++slot) {
        bank_image bank;
        bank.id = ids.make<bank_id>();
        bank.serial = {static_cast<std::uint32_t>(40000000 + at * 10 + slot)};
        bank.battery = 90 - slot;
        bank.station = facts.id;
        bank.slot = slot;
        seeded.add(bank);
        city_.banks.push_back({bank.serial, bank.battery, at, slot, 0});
      }
    }
    store_->store(seeded);
    rental_package package{ids.make<package_id>(), "5 minutes", "", 5, {50'00}};
    prices_.prices.packages.push_back(package);
    prices_.prices.active_late_fee = late_fee_terms{};
    prices_.prices.active_late_fee->daily_cap = money{100'00};
  }

  broker_actor broker() {
    return system_.spawn([this]() -> broker_actor::behavior_type {
      return {[this](const publish_command& command) -> caf::result<published> {
        if (is_down_ || city_.chance(2)) return caf::make_error(broker_refusal::disconnected);
        city_.hear(command);
        return published{};
      }};
    });
  }

  void start_server() {
    network net;
    net.log = [this](const log_entry& entry) {
      std::string fields;
      for (const auto& [name, value] : entry.fields)
        fields += ' ' + name + '=' + value;
      if (tells_story_ && entry.level >= log_level::warning) say("log " + entry.id + fields);
    };
    net.now = system_.clock();
    net.ids = system_.ids();
    net.timers = system_.spawn(timers, system_.clock());
    net.broker = broker();
    net.journal = system_.spawn(memory_journal, store_);
    net.reader = system_.spawn(memory_reader, store_);
    accounts_ = system_.spawn(accounts_directory, accounts_setup{{}, 2});
    rentals_ = system_.spawn(rentals_directory, rentals_setup{});
    stations_ = system_.spawn(stations_directory);
    kiosks_ = system_.spawn(kiosks_directory);
    net.accounts = accounts_;
    net.rentals = rentals_;
    net.stations = stations_;
    net.station_office = stations_;
    net.kiosks = kiosks_;
    timers_ = net.timers;
    technician_.meet(kiosks_, stations_);
    for_everybody(meet_network{net});
    const auto past = store_->recover();
    system_.ask<nothing>(rentals_, prices_);
    system_.ask<nothing>(rentals_, adopt_rentals{past.open_rentals, past.rented_banks});
    for (const auto& chunk : stations_to_adopt(past))
      system_.ask<nothing>(stations_, chunk);
    system_.run();
    for (const auto& chunk : kiosks_to_adopt(past))
      system_.ask<nothing>(kiosks_, chunk);
    system_.run();
  }

  void for_everybody(const meet_network& meeting) {
    system_.ask<nothing>(accounts_, meeting);
    system_.ask<nothing>(rentals_, meeting);
    system_.ask<nothing>(stations_, meeting);
    system_.ask<nothing>(kiosks_, meeting);
    system_.run();
  }

  // -- trouble
  /// kill -9 in the middle of whatever is under way: from here on nothing is stored, published or answered.
  void crash() {
    city_.later(city_.between(seconds{120}, seconds{900}), [this] { crash(); });
    if (!city_.chance(70)) return;
    ++crashes;
    system_.run(static_cast<std::size_t>(city_.roll(60)));
    look_at_answers();
    is_down_ = true;
    store_->journal_refuses = journal_refusal::unavailable;
    say("-- crash");
    pending_.clear();
    system_.kill(timers_);
    system_.kill(kiosks_);
    system_.kill(rentals_);
    system_.kill(stations_);
    system_.kill(accounts_);
    store_->journal_refuses.reset();
    is_down_ = false;
    start_server();
  }

  void send_the_technician() {
    if (is_calm_) return technician_.declare_fit();
    city_.later(city_.between(seconds{20}, seconds{240}), [this] { send_the_technician(); });
    technician_.act();
  }

  void lose_the_database() {
    city_.later(city_.between(seconds{60}, seconds{400}), [this] { lose_the_database(); });
    if (!city_.chance(60)) return;
    store_->journal_refuses = city_.chance(30) ? journal_refusal::overloaded : journal_refusal::unavailable;
    if (city_.chance(50)) store_->reader_refuses = reader_refusal::unavailable;
    city_.later(city_.between(seconds{1}, seconds{25}), [this] { find_the_database(); });
  }
  void find_the_database() {
    store_->journal_refuses.reset();
    store_->reader_refuses.reset();
  }

  void calm_down() {
    city_.misbehaves = false;
    is_calm_ = true;
    find_the_database();
    for (const auto& bank : city_.banks) {
      if (bank.cabinet < 0)
        city_.later(city_.between(seconds{5}, seconds{90}),
                    [this, serial = bank.serial] { city_.bring_back(serial); });
    }
  }

  /// A bank that an operator took out is known to have left only when the command has ended: until then
  /// another cabinet that shows it is not believed.
  [[nodiscard]] bool is_settled() const {
    const auto has_open_rental = [](const auto& one) { return is_open(one.second.status); };
    const auto is_under_way = [](const auto& one) {
      return one.second.state == command_state::queued || one.second.state == command_state::sent;
    };
    return city_.all_banks_are_home() && std::ranges::none_of(store_->rentals, has_open_rental) &&
           std::ranges::none_of(store_->commands, is_under_way);
  }

  // -- riders
  user_id new_rider() {
    user_image rider;
    rider.id = system_.ids().make<user_id>();
    rider.username = "rider_" + system_.ids().make_code(10);
    rider.referral_code = system_.ids().make_code(8);
    record entry{system_.ids().make<record_id>(), system_.now(), {}};
    entry.add(rider);
    const posting to{system_.ids().make<ledger_journal_id>(), rider.id, {}, system_.now()};
    entry.add(points_award_journal(to, points_source::signup, 50));
    const auto refused = std::exchange(store_->journal_refuses, std::nullopt);
    auditor_.expect(!store_->store(entry), "a rider could not be born");
    store_->journal_refuses = refused;
    everybody_.push_back(rider.id);
    top_up(rider.id);
    return rider.id;
  }

  /// Told twice now and then, as payment providers do.
  void top_up(user_id rider) {
    const credit_wallet command{
        system_.ids().make<command_id>(), rider, {400'00}, "demo", system_.ids().make_code(12)};
    for (int n = 0; n <= (city_.chance(30) ? 1 : 0); ++n)
      credits_.emplace_back(command, system_.ask<wallet_credited>(accounts_, command));
  }

  void want_a_bank(std::size_t who) {
    if (is_calm_) return;
    city_.later(city_.between(seconds{15}, seconds{90}), [this, who] { want_a_bank(who); });
    start_rental wish;
    wish.id = system_.ids().make<command_id>();
    wish.body_hash = 1;
    wish.rider = riders_[who];
    wish.station = city_.cabinets[static_cast<std::size_t>(city_.roll(2))].serial;
    wish.package = prices_.prices.packages[0].id;
    ask(who, wish);
    if (city_.chance(15)) ask(who, wish);  // Two taps.
    if (!city_.chance(10)) return;
    wish.id = system_.ids().make<command_id>();  // Two phones.
    ask(who, wish);
  }

  struct pending_start {
    std::size_t who;
    std::shared_ptr<asked<start_answer>> answer;
  };
  void ask(std::size_t who, const start_rental& wish) {
    pending_.push_back({who, system_.ask<start_answer>(rentals_, wish)});
  }

  void look_at_answers() {
    for (const auto& one : pending_) {
      if (one.answer->answer) auditor_.acknowledged(*one.answer->answer);
      if (!one.answer->error) continue;
      const auto why = reason_of<rental_refusal>(*one.answer->error);
      if (why == rental_refusal::unpaid_rental_exists) riders_[one.who] = new_rider();
      if (why == rental_refusal::insufficient_balance) top_up(riders_[one.who]);
    }
    std::erase_if(pending_, [](const auto& one) { return one.answer->is_answered(); });
    for (const auto& [command, answer] : credits_) {
      if (answer->answer)
        auditor_.expect(store_->journals.count("topup:demo:" + command.provider_ref) == 1,
                        "a credit was acknowledged and is not stored");
    }
    std::erase_if(credits_, [](const auto& one) { return one.second->is_answered(); });
  }

  void take_step() {
    city_.do_what_is_due();
    system_.advance(step, step);
    look_at_answers();
  }

  void compare_wallet(user_id rider) {
    const auto answer = system_.ask<wallet_view>(accounts_, look_at_wallet{rider});
    system_.run();
    auditor_.expect(answer->answer.has_value(), "an account does not answer");
    if (!answer->answer) return;
    auditor_.expect(answer->answer->held == money{}, "a hold was neither captured nor released");
    auditor_.expect(answer->answer->cash.paisa == store_->balance("2000", rider.value),
                    "memory and ledger differ");
    auditor_.expect(answer->answer->current_points == store_->balance("P200", rider.value, commodity::pts),
                    "points in memory and ledger differ");
  }

  deterministic_system system_;
  std::shared_ptr<memory_store> store_;
  city_model city_;
  auditor auditor_;
  city_operator technician_{system_, city_, *store_};
  adopt_prices prices_;
  accounts_directory_actor accounts_;
  rentals_directory_actor rentals_;
  station_directory_actor stations_;
  kiosk_directory_actor kiosks_;
  timers_actor timers_;
  std::vector<user_id> riders_;
  std::vector<user_id> everybody_;
  std::vector<pending_start> pending_;
  std::vector<std::pair<credit_wallet, std::shared_ptr<asked<wallet_credited>>>> credits_;
  const bool tells_story_ = std::getenv("HISTORY_STORY") != nullptr;
  std::vector<std::string> story_;
  bool is_down_ = false;
  bool is_calm_ = false;
};

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(history, every_city_ends_with_its_books_in_order) {
  const auto first = from_environment("HISTORY_FIRST_SEED", 1);
  const auto seeds = from_environment("HISTORY_SEEDS", 1000);
  std::size_t rentals = 0;
  std::size_t ejections = 0;
  std::size_t shares = 0, free = 0;
  int crashes = 0;
  int failures = 0;
  for (auto seed = first; seed < first + seeds && failures < 5; ++seed) {
    history one{seed};
    const auto complaint = one.live();
    EXPECT_EQ(complaint, "") << "HISTORY_FIRST_SEED=" << seed << " HISTORY_SEEDS=1\n" << one.story();
    failures += complaint.empty() ? 0 : 1;
    rentals += one.store().rentals.size();
    ejections += one.ejections();
    shares += one.store().distributions.size();
    free += one.store().vendor_ejections.size();
    crashes += one.crashes;
  }
  RecordProperty("rentals", static_cast<int>(rentals));
  std::printf("%zu rentals, %zu ejections, %zu shares, %zu free ejections, %d crashes\n", rentals, ejections,
              shares, free, crashes);
  EXPECT_GT(rentals, seeds) << "the cities must be alive";
  EXPECT_GT(shares, seeds);
  EXPECT_GT(free, 0U);
}

}  // namespace
}  // namespace chautari::testing
