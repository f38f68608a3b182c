#include "config/broker_link.hpp"

#include <string>
#include <utility>

#include "protocols/base/limits.hpp"
#include "protocols/kiosks/cabinet_topic.hpp"
#include "protocols/mqtt/account_words.hpp"
#include "protocols/mqtt/broker_notice.hpp"

namespace chautari {
namespace {

broker_options options_for(const broker_link_setup& setup) {
  broker_options options;
  options.host = setup.broker.host;
  options.port = setup.broker.port;
  options.user = setup.broker.user;
  options.password = setup.broker.password;
  options.client_id = setup.broker.client_id;
  options.random = setup.random;
  for (const auto filter : cabinet_subscriptions)
    options.subscriptions.push_back({std::string{filter}, 1});
  options.subscriptions.push_back({std::string{broker_notice_topic}, 0});
  return options;
}

broker_options options_for_accounts(const broker_link_setup& setup) {
  broker_options options;
  options.host = setup.broker.host;
  options.port = setup.broker.port;
  options.user = setup.broker.accounts_user;
  options.password = setup.broker.accounts_password;
  options.client_id = setup.broker.client_id + "-accounts";
  options.keeps_session = false;  // An answer that comes late is nobody's.
  options.random = setup.random;
  options.subscriptions.push_back({std::string{account_answers_topic}, 1});
  options.inflight_max = options.buffered_max = limits::account_changes_max;
  return options;
}

}  // namespace

broker_link::broker_link(broker_link_setup setup)
    : setup_{std::move(setup)},
      client_{options_for(setup_), handlers()},
      accounts_client_{options_for_accounts(setup_), handlers_of_accounts()} {}

broker_handlers broker_link::handlers() {
  broker_handlers all;
  all.on_message = [this](std::string_view topic, std::span<const std::uint8_t> payload) {
    take(topic, payload);
  };
  all.on_connected = [this] {
    setup_.figures->broker_changed(true);
    setup_.ready->broker_changed(true);
    caf::anon_send(kiosks_, line_changed{true});
    log_event(setup_.log, log_level::info, "broker-connected", "Connected to the broker and subscribed.");
  };
  all.on_disconnected = [this](const std::string& why) {
    setup_.figures->broker_changed(false);
    setup_.ready->broker_changed(false);
    caf::anon_send(kiosks_, line_changed{false});
    log_event(setup_.log, log_level::warning, "broker-disconnected", "The broker is gone: " + why + ".");
  };
  all.on_attempt_failed = [this](const std::string& why) {
    setup_.figures->broker_attempt_failed();
    log_event(setup_.log, log_level::warning, "broker-unreachable",
              "Could not connect to the broker: " + why + ".");
  };
  return all;
}

broker_handlers broker_link::handlers_of_accounts() {
  broker_handlers all;
  all.on_message = [this](std::string_view, std::span<const std::uint8_t> payload) {
    caf::anon_send(accounts_, accounts_answer{{payload.begin(), payload.end()}});
  };
  all.on_connected = [this] {
    log_event(setup_.log, log_level::info, "broker-accounts-connected",
              "The cabinets' accounts at the broker can be changed.");
  };
  all.on_disconnected = [this](const std::string& why) {
    log_event(setup_.log, log_level::warning, "broker-accounts-disconnected",
              "The cabinets' accounts at the broker cannot be changed: " + why + ".");
  };
  all.on_attempt_failed = [this](const std::string& why) {
    log_event(setup_.log, log_level::warning, "broker-accounts-unreachable",
              "Could not log in to change the cabinets' accounts: " + why + ".");
  };
  return all;
}

void broker_link::take(std::string_view topic, std::span<const std::uint8_t> payload) {
  const auto now = setup_.now();
  if (topic == broker_notice_topic) {
    const std::string_view text{reinterpret_cast<const char*>(payload.data()), payload.size()};
    auto notice = parse_broker_notice(text);
    if (!notice) return setup_.figures->message_ignored();
    setup_.figures->notice_received(notice->is_connected);
    caf::anon_send(kiosks_, broker_session{std::move(notice->cabinet), notice->is_connected, now});
    return;
  }
  auto place = parse_cabinet_topic(topic);
  if (!place || payload.size() > limits::cabinet_frame_bytes_max) return setup_.figures->message_ignored();
  last_frame_ms_.store(to_ms(now), std::memory_order_relaxed);
  if (under_way_->load(std::memory_order_relaxed) >= limits::broker_frames_under_way_max)
    return setup_.figures->frame_dropped();
  setup_.figures->frame_received(place->channel, payload.size());
  caf::anon_send(
      kiosks_,
      cabinet_frame{
          std::move(place->cabinet), place->channel, {payload.begin(), payload.end()}, now, ticket()});
}

/// Given back when the last copy of the frame is gone, wherever it went.
std::shared_ptr<const void> broker_link::ticket() const {
  under_way_->fetch_add(1, std::memory_order_relaxed);
  return {nullptr, [count = under_way_](const void*) { count->fetch_sub(1, std::memory_order_relaxed); }};
}

std::optional<broker_refusal> broker_link::publish(const imei& cabinet, std::string_view json, int qos) {
  auto why = client_.publish(command_topic(cabinet), json, qos);
  if (why) {
    setup_.figures->command_refused(*why);
  } else {
    setup_.figures->command_published(qos);
  }
  return why;
}

broker_line broker_link::line() {
  return {[this](const imei& cabinet, std::string_view json, int qos) { return publish(cabinet, json, qos); },
          [this] { return client_.is_connected(); },
          [this] { return from_ms(last_frame_ms_.load(std::memory_order_relaxed)); },
          [this] { client_.reconnect(); }};
}

accounts_line broker_link::line_of_accounts() {
  return [this](std::string_view words) {
    return accounts_client_.publish(std::string{account_words_topic}, words, 1);
  };
}

void broker_link::start(kiosks_actor kiosks, broker_accounts_actor accounts) {
  kiosks_ = std::move(kiosks);
  accounts_ = std::move(accounts);
  client_.start();
  accounts_client_.start();
}

void broker_link::stop() {
  accounts_client_.stop();
  client_.stop();
}

}  // namespace chautari
