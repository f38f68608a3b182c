#include "tests/support/riders_stage.hpp"

#include <algorithm>
#include <stdexcept>

#include "http/server/desk.hpp"

namespace chautari::testing {
namespace {

/// Promises nobody will ever keep, held for as long as the actor lives.
struct kept_waiting {
  std::vector<caf::response_promise> promises;
};
using scripted_actor = caf::stateful_actor<kept_waiting>;

template <class Message, class View>
auto follow(scripted_actor* self, const script<Message, View>& line) {
  return [self, &line](const Message& message) -> caf::result<View> {
    if (!line) return caf::make_error(caf::sec::unexpected_message);
    auto said = line(message);
    if (auto* view = std::get_if<View>(&said)) return std::move(*view);
    if (auto* why = std::get_if<caf::error>(&said)) return std::move(*why);
    auto promise = self->make_response_promise<View>();
    self->state.promises.push_back(promise);
    return promise;
  };
}

caf::behavior rentals(scripted_actor* self, network_script* says, std::vector<start_rental>* starts) {
  return {[start = follow(self, says->start), starts](const start_rental& wish) {
            starts->push_back(wish);
            return start(wish);
          },
          follow(self, says->open_rental),
          follow(self, says->live_rental),
          follow(self, says->extend),
          follow(self, says->swap),
          follow(self, says->cancel),
          follow(self, says->pay),
          follow(self, says->locate)};
}

caf::behavior issues(scripted_actor* self, network_script* says) { return {follow(self, says->report)}; }

caf::behavior accounts(scripted_actor* self, network_script* says) {
  return {follow(self, says->wallet), follow(self, says->credit), follow(self, says->favour),
          follow(self, says->favourites)};
}

caf::behavior reader(scripted_actor* self, network_script* says) {
  return {
      follow(self, says->stored_rental),  follow(self, says->history), follow(self, says->transactions),
      follow(self, says->explanation),    follow(self, says->stats),   follow(self, says->station_reports),
      follow(self, says->rental_reports), follow(self, says->uses),    follow(self, says->intents)};
}

template <class Handle>
Handle as(const caf::actor& actor) {
  return caf::actor_cast<Handle>(caf::actor_cast<caf::strong_actor_ptr>(actor));
}

std::shared_ptr<const price_list> sample_prices() {
  price_list prices;
  prices.packages.push_back(an_hour());
  auto day = an_hour();
  day.id = id_named<package_id>("a day");
  day.name = "1 day";
  day.duration_minutes = 24 * 60;
  day.price = {300'00};
  day.type = package_type::daily;
  day.model = payment_model::postpaid;
  prices.packages.push_back(day);
  return std::make_shared<const price_list>(std::move(prices));
}

}  // namespace

riders_stage::riders_stage(stage_options options) {
  config_.set("scheduler.max-threads", std::size_t{1});
  system_ = std::make_unique<caf::actor_system>(config_);
  script_favourites();
  riders_ =
      std::make_unique<riders_door>(riders_door_setup{.lanes = 1,
                                                      .everybody = gather(),
                                                      .prices = sample_prices(),
                                                      .start_limit = {.name = "rental-start",
                                                                      .burst = options.starts_per_minute,
                                                                      .per = milliseconds{60'000},
                                                                      .by = rate_key::user},
                                                      .has_demo_credit = options.has_demo_credit});
  rows_ = riders_->rows();
  auto served = rows_;
  if (options.deadline) {
    for (auto& row : served)
      row.deadline = *options.deadline;
  }
  door_options wanted;
  wanted.address = "127.0.0.1";
  wanted.port = 0;
  wanted.websockets = {{.path = "/ws"}};
  wanted.now = [this] { return now(); };
  wanted.authenticate = [this](std::string_view token) { return authenticate(token); };
  door_ = std::make_unique<door>(*system_, std::move(wanted), std::move(served), [this](lane_parts& parts) {
    riders_->set_up(parts);
    doors_.push_back(parts.announcements.as<door_actor>());
  });
  std::string why;
  if (!door_->start(why)) throw std::runtime_error(why);
}

riders_stage::~riders_stage() {
  door_->stop();
  doors_.clear();
  door_.reset();
  riders_.reset();
  for (const auto& actor : actors_)
    caf::anon_send_exit(actor, caf::exit_reason::kill);
  actors_.clear();
}

network riders_stage::gather() {
  actors_ = {system_->spawn(accounts, &says), system_->spawn(reader, &says),
             system_->spawn(rentals, &says, &starts), system_->spawn(issues, &says)};
  network everybody;
  everybody.accounts = as<accounts_actor>(actors_[0]);
  everybody.reader = as<reader_actor>(actors_[1]);
  everybody.rentals = as<rentals_actor>(actors_[2]);
  everybody.issues = as<issues_actor>(actors_[3]);
  everybody.now = [this] { return now(); };
  return everybody;
}

auth_result riders_stage::authenticate(std::string_view token) const {
  if (token == "expired") return auth_failure{401, "token_expired"};
  if (token == "unknown") return auth_failure{};
  caller who;
  who.user = rider(token);
  who.session = id_named<session_id>(token);
  who.role = token == "admin" ? caller_role::admin : caller_role::user;
  who.expires_at = now() + hours{1};
  return who;
}

void riders_stage::script_favourites() {
  says.favourites = [this](const look_at_favourites& question) {
    return favourites_view{favourites_[question.rider]};
  };
  says.favour = [this](const set_favourite& wish) {
    auto& list = favourites_[wish.rider];
    const bool was_in = std::erase(list, wish.station) > 0;
    if (wish.toggle ? !was_in : wish.is_favourite) list.insert(list.begin(), wish.station);
    return favourites_view{list};
  };
}

}  // namespace chautari::testing
