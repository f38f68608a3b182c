#include "config/setting_keys.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <utility>

#include "config/logging.hpp"
#include "config/setting_rules.hpp"

namespace chautari {
namespace {

// ---- numbers, durations included: the key's name says the unit

template <class Number>
std::int64_t as_number(const Number& value) {
  if constexpr (std::integral<Number>) {
    return static_cast<std::int64_t>(value);
  } else {
    return static_cast<std::int64_t>(value.count());
  }
}

std::optional<std::int64_t> number_in(const raw_setting& raw) {
  if (const auto* number = std::get_if<std::int64_t>(&raw)) return *number;
  const auto* text = std::get_if<std::string>(&raw);
  if (text == nullptr) return {};
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (failure != std::errc{} || end != text->data() + text->size()) return {};
  return number;
}

/// `place(settings&)` is the number's home.
template <class Place>
setting_key number(std::string section, std::string name, Place place, std::int64_t least, std::int64_t most,
                   const std::string& doc) {
  const auto bounds = std::to_string(least) + ".." + std::to_string(most);
  return {std::move(section),
          std::move(name),
          doc + " (" + bounds + ")",
          false,
          [=](settings& into, const raw_setting& raw) -> problem {
            const auto value = number_in(raw);
            if (!value) return "must be a whole number, " + bounds;
            if (*value < least || *value > most) return "must be " + bounds;
            auto& home = place(into);
            using number_type = std::remove_reference_t<decltype(home)>;
            home = number_type(*value);
            return {};
          },
          [=](const settings& from) {
            auto copy = from;
            return std::to_string(as_number(place(copy)));
          }};
}

// ---- text

template <class Place>
setting_key text(std::string section, std::string name, Place place, text_rule rule, std::string doc) {
  return {std::move(section),
          std::move(name),
          std::move(doc),
          false,
          [=](settings& into, const raw_setting& raw) -> problem {
            const auto* value = std::get_if<std::string>(&raw);
            if (value == nullptr) return "must be text";
            if (auto wrong = rule(*value)) return wrong;
            place(into) = *value;
            return {};
          },
          [=](const settings& from) {
            auto copy = from;
            return toml_text(place(copy));
          }};
}

/// TOML: an array of text. Environment: separated by commas.
template <class Place>
setting_key text_list(std::string section, std::string name, Place place, list_rule rule, std::string doc) {
  return {std::move(section),
          std::move(name),
          std::move(doc),
          false,
          [=](settings& into, const raw_setting& raw) -> problem {
            const auto* joined = std::get_if<std::string>(&raw);
            const auto* list = std::get_if<std::vector<std::string>>(&raw);
            if (joined == nullptr && list == nullptr) return "must be a list of text";
            auto parts = joined != nullptr ? split_list(*joined) : *list;
            if (auto wrong = rule(parts)) return wrong;
            place(into) = std::move(parts);
            return {};
          },
          [=](const settings& from) {
            auto copy = from;
            std::string all;
            for (const auto& one : place(copy))
              all += (all.empty() ? "" : ", ") + toml_text(one);
            return "[" + all + "]";
          }};
}

// ---- secrets

constexpr std::array<std::string_view, 10> default_secrets{"changeme",  "change-me", "password", "secret",
                                                           "default",   "admin",     "chautari", "postgres",
                                                           "mosquitto", "server"};

template <class Place>
setting_key secret(std::string section, std::string name, Place place, std::size_t bytes_min,
                   std::string doc) {
  return {std::move(section),
          std::move(name),
          std::move(doc),
          true,
          [=](settings& into, const raw_setting& raw) -> problem {
            const auto* value = std::get_if<std::string>(&raw);
            if (value == nullptr || value->empty()) return "is empty";
            if (std::find(default_secrets.begin(), default_secrets.end(), *value) != default_secrets.end()) {
              return "is a default everybody knows";
            }
            if (value->size() < bytes_min)
              return "must have at least " + std::to_string(bytes_min) + " bytes";
            place(into) = *value;
            return {};
          },
          [=](const settings& from) {
            auto copy = from;
            return place(copy).empty() ? std::string{"(missing)"} : std::string{"(set)"};
          }};
}

// ---- the table, section by section

using table = std::vector<setting_key>;

void add_server(table& keys) {
  keys.push_back(text(
      "server", "host", [](settings & s) -> auto& { return s.server.address; }, address_text,
      "Address of the riders' door, HTTP and WebSocket"));
  keys.push_back(number(
      "server", "port", [](settings & s) -> auto& { return s.server.port; }, 1, 65535, "Its port"));
  keys.push_back(number(
      "server", "io_threads", [](settings & s) -> auto& { return s.server.io_threads; }, 1, 64,
      "Threads that speak HTTP; the other cores are the actors'"));
  keys.push_back(number(
      "server", "connections_max", [](settings & s) -> auto& { return s.server.connections_max; }, 16,
      1'000'000, "Open connections; more are refused with 503"));
  keys.push_back(number(
      "server", "websockets_max", [](settings & s) -> auto& { return s.server.websockets_max; }, 1, 1'000'000,
      "Open WebSockets; more are refused with 503"));
  keys.push_back(number(
      "server", "asks_waiting_max", [](settings & s) -> auto& { return s.server.slots_max; }, 16, 1'000'000,
      "Requests per thread that wait for an actor; more are refused with 503"));
  keys.push_back(number(
      "server", "request_within_ms", [](settings & s) -> auto& { return s.server.request_within; }, 100,
      600'000, "From the first byte of a request to its last, milliseconds"));
  keys.push_back(number(
      "server", "idle_within_ms", [](settings & s) -> auto& { return s.server.idle_within; }, 100, 3'600'000,
      "Between the requests of a connection, milliseconds"));
  keys.push_back(number(
      "server", "answer_within_ms", [](settings & s) -> auto& { return s.server.answer_within; }, 100, 60'000,
      "From the last byte to the answer; then 504, milliseconds"));
  keys.push_back(text_list(
      "server", "allowed_origins", [](settings & s) -> auto& { return s.server.allowed_origins; }, any_list,
      "Origins of browsers that may call, exact: \"https://app.example\""));
  keys.push_back(text_list(
      "server", "trusted_proxies", [](settings & s) -> auto& { return s.server.trusted_proxies; }, proxy_list,
      "Addresses or CIDR blocks whose X-Forwarded-For is believed"));
  keys.push_back(text(
      "server", "web_dir", [](settings & s) -> auto& { return s.page.web_dir; }, some_text,
      "Folder of the operators' page as scripts/build leaves it"));
  keys.push_back(text(
      "server", "tile_style_url", [](settings & s) -> auto& { return s.page.tile_style_url; }, web_url,
      "MapLibre style of the operators' map, http or https; empty: the map draws itself"));
}

void add_operations(table& keys) {
  keys.push_back(text(
      "operations", "host", [](settings & s) -> auto& { return s.operations.host; }, address_text,
      "Address of /metrics and /health; keep it on the loopback interface"));
  keys.push_back(number(
      "operations", "port", [](settings & s) -> auto& { return s.operations.port; }, 1, 65535, "Its port"));
  keys.push_back(text(
      "log", "level", [](settings & s) -> auto& { return s.log.level; },
      one_of({"debug", "info", "warning", "error", "critical"}), "Least level that is written"));
  keys.push_back(text(
      "log", "file", [](settings & s) -> auto& { return s.log.file; }, any_text,
      "Empty: standard output; else rotated, five files of 64 MiB"));
}

void add_database(table& keys) {
  keys.push_back(text(
      "database", "host", [](settings & s) -> auto& { return s.database.host; }, some_text,
      "PostgreSQL: name, address or folder of a Unix socket"));
  keys.push_back(number(
      "database", "port", [](settings & s) -> auto& { return s.database.port; }, 1, 65535, "Its port"));
  keys.push_back(text(
      "database", "name", [](settings & s) -> auto& { return s.database.name; }, some_text, "The database"));
  keys.push_back(text(
      "database", "user", [](settings & s) -> auto& { return s.database.user; }, some_text,
      "The role that owns it"));
  keys.push_back(secret(
      "database", "password", [](settings & s) -> auto& { return s.database.password; }, 8,
      "File with the role's password"));
  keys.push_back(number(
      "database", "reader_connections", [](settings & s) -> auto& { return s.reader_connections; }, 1, 64,
      "Connections that only read, a thread each"));
}

void add_mqtt(table& keys) {
  keys.push_back(text(
      "mqtt", "host", [](settings & s) -> auto& { return s.mqtt.host; }, some_text,
      "The broker between us and the cabinets"));
  keys.push_back(number(
      "mqtt", "port", [](settings & s) -> auto& { return s.mqtt.port; }, 1, 65535, "Its port"));
  keys.push_back(text(
      "mqtt", "user", [](settings & s) -> auto& { return s.mqtt.user; }, some_text,
      "The server's login there (see config/mosquitto/acl.conf)"));
  keys.push_back(secret(
      "mqtt", "password", [](settings & s) -> auto& { return s.mqtt.password; }, 8,
      "File with its password"));
  keys.push_back(text(
      "mqtt", "client_id", [](settings & s) -> auto& { return s.mqtt.client_id; }, some_text,
      "Names the session in which the broker keeps frames while we are away; one per server"));
  keys.push_back(number(
      "mqtt", "silence_min", [](settings & s) -> auto& { return s.mqtt.silence_max; }, 1, 1440,
      "Without a frame of any cabinet for so long we connect anew, minutes"));
}

void add_auth(table& keys) {
  keys.push_back(text(
      "auth", "keys_dir", [](settings & s) -> auto& { return s.keys_dir; }, some_text,
      "Folder of the Ed25519 keys that sign tokens; `chautari keys generate` adds one"));
  keys.push_back(secret(
      "auth", "otp_pepper", [](settings & s) -> auto& { return s.auth.pepper; }, 32,
      "File with the key under which sign-in codes are hashed, at least 32 bytes"));
  keys.push_back(text(
      "auth", "issuer", [](settings & s) -> auto& { return s.auth.issuer; }, some_text,
      "The iss of our tokens"));
  keys.push_back(number(
      "auth", "access_life_s", [](settings & s) -> auto& { return s.auth.access_life; }, 60, 86'400,
      "Life of an access token, seconds"));
  keys.push_back(number(
      "auth", "refresh_life_h", [](settings & s) -> auto& { return s.auth.refresh_life; }, 1, 8'760,
      "Life of a refresh token since its last use, hours"));
  keys.push_back(number(
      "auth", "session_life_h", [](settings & s) -> auto& { return s.auth.session_life; }, 1, 17'520,
      "Life of a session whatever happens, hours"));
  keys.push_back(number(
      "auth", "code_life_s", [](settings & s) -> auto& { return s.auth.code_life; }, 30, 3'600,
      "Life of a sign-in code, seconds"));
  keys.push_back(number(
      "auth", "code_attempts_max", [](settings & s) -> auto& { return s.auth.code_attempts_max; }, 1, 10,
      "Misses that kill a code"));
  keys.push_back(number(
      "auth", "code_request_gap_s", [](settings & s) -> auto& { return s.auth.code_request_gap; }, 0, 3'600,
      "Between two codes for one address, seconds"));
  keys.push_back(number(
      "auth", "code_requests_per_hour", [](settings & s) -> auto& { return s.auth.code_requests_per_hour; },
      1, 100, "Codes for one address in an hour"));
  keys.push_back(number(
      "auth", "code_requests_per_day", [](settings & s) -> auto& { return s.auth.code_requests_per_day; }, 1,
      100, "Codes for one address in a day"));
  keys.push_back(number(
      "auth", "signup_points", [](settings & s) -> auto& { return s.auth.signup_points; }, 0, 100'000,
      "Points for a new rider"));
}

/// Of one client address; those of one rider or mail address are above.
void add_address_rates(table& keys) {
  const auto rate = [&keys](const char* name, std::int64_t identity_rates::*field, const char* what) {
    keys.push_back(number(
        "auth", name, [field](settings & s) -> auto& { return s.address_rates.*field; }, 1, 10'000'000,
        std::string{what} + " from one client address"));
  };
  rate("address_code_requests_per_minute", &identity_rates::code_requests_per_minute,
       "Codes asked for in a minute");
  rate("address_code_requests_per_hour", &identity_rates::code_requests_per_hour,
       "Codes asked for in an hour");
  rate("address_verifies_per_hour", &identity_rates::verifies_per_hour, "Codes tried in an hour");
  rate("address_completes_per_hour", &identity_rates::completes_per_hour, "Sign-ins completed in an hour");
  rate("address_refreshes_per_hour", &identity_rates::refreshes_per_hour, "Tokens refreshed in an hour");
}

void add_operators(table& keys) {
  keys.push_back(number(
      "operators", "access_life_s", [](settings & s) -> auto& { return s.operators.access_life; }, 60, 3'600,
      "Life of an operator's access token, seconds"));
  keys.push_back(number(
      "operators", "session_life_h", [](settings & s) -> auto& { return s.operators.session_life; }, 1, 24,
      "From an operator's log-in to the next, whatever happens, hours"));
  keys.push_back(number(
      "operators", "failures_max", [](settings & s) -> auto& { return s.operators.failures_max; }, 1, 20,
      "Failed log-ins in a row that lock an operator"));
  keys.push_back(number(
      "operators", "first_lock_min", [](settings & s) -> auto& { return s.operators.first_lock; }, 1, 1'440,
      "Length of the first lock, doubled by each that follows within a day, minutes"));
  keys.push_back(text_list(
      "operators", "allowed_networks", [](settings & s) -> auto& { return s.operators.allowed_networks; },
      proxy_list, "Addresses or CIDR blocks operators may come from; empty: from everywhere"));
  keys.push_back(number(
      "operators", "address_logins_per_hour",
      [](settings & s) -> auto& { return s.operator_address_rates.logins_per_hour; }, 1, 1'000'000,
      "Log-ins of operators tried in an hour from one client address"));
}

void add_messages(table& keys) {
  keys.push_back(text(
      "messages", "provider", [](settings & s) -> auto& { return s.messages.provider; }, one_of({"spool"}),
      "Who carries SMS and mail; \"spool\" writes JSON files and is refused in production"));
  keys.push_back(text(
      "messages", "spool_dir", [](settings & s) -> auto& { return s.messages.spool_dir; }, some_text,
      "Folder of the spool"));
  keys.push_back(number(
      "messages", "sms_per_day", [](settings & s) -> auto& { return s.auth.sms_per_day; }, 0, 100'000'000,
      "SMS of the whole network in a business day"));
}

void add_rentals(table& keys) {
  keys.push_back(number(
      "rentals", "starts_per_minute", [](settings & s) -> auto& { return s.rental_starts_per_minute; }, 1,
      10'000'000, "Starts a rider may try in a minute"));
  keys.push_back(number(
      "rentals", "vat_percent", [](settings & s) -> auto& { return s.rentals.vat_percent; }, 0, 100,
      "Of the gross amount, percent"));
  keys.push_back(number(
      "rentals", "points_for_completing",
      [](settings & s) -> auto& { return s.rentals.points_for_completing; }, 0, 10'000,
      "Points for a rental that was paid"));
  keys.push_back(number(
      "rentals", "points_for_punctuality",
      [](settings & s) -> auto& { return s.rentals.points_for_punctuality; }, 0, 10'000,
      "Points for a return in time"));
  keys.push_back(number(
      "rentals", "punctuality_awards_per_day_max",
      [](settings & s) -> auto& { return s.rentals.punctuality_awards_per_day_max; }, 0, 100,
      "How often a rider gets those in a day"));
  keys.push_back(number(
      "rentals", "shortest_use_min", [](settings & s) -> auto& { return s.rentals.shortest_use; }, 0, 60,
      "Shorter rentals earn no points and are flagged, minutes"));
  keys.push_back(number(
      "rentals", "reminder_lead_min", [](settings & s) -> auto& { return s.rentals.reminder_lead; }, 0, 1'440,
      "The reminder comes so long before the due time, minutes"));
}

table all_keys() {
  table keys;
  keys.push_back(text(
      "", "environment", [](settings & s) -> auto& { return s.environment; },
      one_of({"production", "demo", "test"}), "\"production\", \"demo\" or \"test\""));
  add_server(keys);
  add_operations(keys);
  add_database(keys);
  add_mqtt(keys);
  add_auth(keys);
  add_address_rates(keys);
  add_operators(keys);
  add_messages(keys);
  add_rentals(keys);
  return keys;
}

}  // namespace

std::string setting_key::variable() const {
  std::string upper = section.empty() ? name : section + "__" + name;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return "CHAUTARI_" + upper;
}

const std::vector<setting_key>& setting_keys() {
  static const table keys = all_keys();
  return keys;
}

}  // namespace chautari
