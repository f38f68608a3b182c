#pragma once
/// The riders' door, real and listening on the loopback, before actors that follow a script.

#include <atomic>
#include <caf/all.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "http/riders_door.hpp"
#include "http/server/door.hpp"
#include "protocols/operations/doors.hpp"
#include "tests/support/rider_samples.hpp"

namespace chautari::testing {

/// The actor keeps its answer to itself for ever.
struct silence {};

/// What an actor says to a message. Called on an actor's thread; change it only while no request is under
/// way.
template <class Message, class View>
using script = std::function<std::variant<View, caf::error, silence>(const Message&)>;

/// An empty script is answered with an error that no feature knows.
struct network_script {
  script<start_rental, start_answer> start;
  script<find_open_rental, open_rental_answer> open_rental;
  script<look_at_rental, rental_image> live_rental;
  script<look_at_wallet, wallet_view> wallet;
  script<credit_wallet, wallet_credited> credit;
  script<set_favourite, favourites_view> favour;
  script<look_at_favourites, favourites_view> favourites;
  script<load_rental, rental_lookup> stored_rental;
  script<list_rentals, rental_page> history;
  script<list_transactions, transaction_page> transactions;
  script<extend_rental, rental_answer> extend;
  script<swap_rental, rental_answer> swap;
  script<cancel_rental, rental_answer> cancel;
  script<pay_due, rental_answer> pay;
  script<note_location, caf::unit_t> locate;
  script<load_explanation, rental_explanation> explanation;
  script<load_rental_stats, rental_stats> stats;
  script<report_rental_issue, rental_issue_image> report;
  script<list_issues, issue_page> station_reports;
  script<list_rental_issues, rental_issue_page> rental_reports;
  script<count_price_uses, price_uses> uses;
  script<list_intents, intent_page> intents;
};

struct stage_options {
  std::int64_t starts_per_minute = 1'000;
  bool has_demo_credit = false;
  std::optional<milliseconds> deadline = {};  ///< Of every row, instead of its own.
};

/// Tokens: "expired" and "unknown" count for nothing, "admin" is an operator's, any other word is the token
/// of the rider of that name. Favourites are kept as an account would.
class riders_stage {
public:
  explicit riders_stage(stage_options options = {});
  ~riders_stage();
  riders_stage(const riders_stage&) = delete;
  riders_stage& operator=(const riders_stage&) = delete;

  [[nodiscard]] std::uint16_t port() const { return door_->port(); }
  [[nodiscard]] const endpoints& rows() const { return rows_; }
  /// Heard before any request that is sent after this call.
  template <class Announcement>
  void announce(const Announcement& news) {
    for (const auto& each : doors_)
      caf::anon_send(each, news);
  }
  void wind(milliseconds by) { now_ms_ += by.count(); }
  [[nodiscard]] timestamp now() const { return from_ms(now_ms_); }

  [[nodiscard]] static user_id rider(std::string_view name) { return id_named<user_id>(name); }

  network_script says;
  std::vector<start_rental> starts;  ///< What the rentals were asked for; read between requests.

private:
  [[nodiscard]] auth_result authenticate(std::string_view token) const;
  void script_favourites();
  network gather();

  std::atomic<std::int64_t> now_ms_{to_ms(sample_time)};
  std::map<user_id, std::vector<station_id>> favourites_;
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<caf::actor> actors_;
  std::unique_ptr<riders_door> riders_;
  endpoints rows_;
  doors doors_;
  std::unique_ptr<door> door_;
};

}  // namespace chautari::testing
