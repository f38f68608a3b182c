#include "config/setting_keys.hpp"

#include <algorithm>
#include <utility>

#include "config/logging.hpp"
#include "config/setting_makers.hpp"

namespace chautari {
namespace {

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
      "mqtt", "accounts_user", [](settings & s) -> auto& { return s.mqtt.accounts_user; }, some_text,
      "The login that makes and closes the cabinets' accounts there, and can do nothing else"));
  keys.push_back(secret(
      "mqtt", "accounts_password", [](settings & s) -> auto& { return s.mqtt.accounts_password; }, 8,
      "File with its password"));
  keys.push_back(text(
      "mqtt", "client_id", [](settings & s) -> auto& { return s.mqtt.client_id; }, some_text,
      "Names the session in which the broker keeps frames while we are away; one per server"));
  keys.push_back(number(
      "mqtt", "silence_min", [](settings & s) -> auto& { return s.mqtt.silence_max; }, 1, 1440,
      "Without a frame of any cabinet for so long we connect anew, minutes"));
}

void add_cabinets(table& keys) {
  keys.push_back(text(
      "cabinets", "broker_host", [](settings & s) -> auto& { return s.cabinets.broker_host; }, csv_text,
      "The broker as cabinets reach it, name or address; empty: mqtt.host"));
  keys.push_back(number(
      "cabinets", "broker_port", [](settings & s) -> auto& { return s.cabinets.broker_port; }, 0, 65535,
      "Its port there; 0: mqtt.port"));
  keys.push_back(number(
      "cabinets", "area_code", [](settings & s) -> auto& { return s.cabinets.area_code; }, 0, 65535,
      "Area code of our banks; a cabinet with another one refuses them"));
  keys.push_back(number(
      "cabinets", "connects_per_hour", [](settings & s) -> auto& { return s.cabinets.connects_per_hour; }, 1,
      10'000'000, "Connects of cabinets in an hour from one client address; one cabinet has 6"));
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

void add_compatibility(table& keys) {
  keys.push_back(number(
      "compatibility", "enabled", [](settings & s) -> auto& { return s.compatibility.is_enabled; }, 0, 1,
      "1: bridges of the older system may report at /api/internal/stations/data"));
  keys.push_back(secret(
      "compatibility", "secret", [](settings & s) -> auto& { return s.compatibility.secret; }, 16,
      "File with the secret under which they sign, at least 16 bytes; needed if enabled"));
  keys.back().is_optional = true;
}

void add_payments(table& keys) {
  keys.push_back(number(
      "payments", "counter", [](settings & s) -> auto& { return s.payments.is_counter_open; }, 0, 1,
      "1: riders may pay at a counter, in cash or by QR, and operators confirm it; 0: only from the wallet"));
}

/// What happens to a rental after its start: paying afterwards, extending, bringing back, swapping, losing.
void add_life_of_rentals(table& keys) {
  keys.push_back(number(
      "rentals", "postpaid_hold_paisa", [](settings & s) -> auto& { return s.rentals.postpaid_hold.paisa; },
      0, 10'000'00, "Needed in the wallet, and held, to rent first and pay afterwards, in paisa"));
  keys.push_back(number(
      "rentals", "extensions_max", [](settings & s) -> auto& { return s.rentals.extensions_max; }, 0, 100,
      "How often one rental can be extended"));
  keys.push_back(number(
      "rentals", "quick_return_window_min",
      [](settings & s) -> auto& { return s.rentals.quick_return_window; }, 0, 60,
      "A bank back at its station so soon is paid back, minutes; 0: never"));
  keys.push_back(number(
      "rentals", "quick_return_battery_drop_max",
      [](settings & s) -> auto& { return s.rentals.quick_return_battery_drop_max; }, 0, 100,
      "And only if it lost no more charge than this, percent points"));
  keys.push_back(number(
      "rentals", "quick_returns_per_day_max",
      [](settings & s) -> auto& { return s.rentals.quick_returns_per_day_max; }, 0, 100,
      "And only so often per rider and day"));
  keys.push_back(number(
      "rentals", "swap_window_min", [](settings & s) -> auto& { return s.rentals.swap_window; }, 0, 1'440,
      "A bank can be swapped so long after the start, minutes"));
  keys.push_back(number(
      "rentals", "swap_pending_min", [](settings & s) -> auto& { return s.rentals.swap_pending_for; }, 1, 60,
      "So long a swap waits for the old bank, minutes"));
  keys.push_back(number(
      "rentals", "swaps_per_day_max", [](settings & s) -> auto& { return s.rentals.swaps_per_day_max; }, 0,
      100, "Swaps per rider and day"));
  keys.push_back(number(
      "rentals", "lost_penalty_paisa", [](settings & s) -> auto& { return s.rentals.lost.penalty.paisa; }, 0,
      100'000'00, "What a bank that never comes back costs, in paisa; a running rental keeps its own"));
  keys.push_back(number(
      "rentals", "lost_after_hours", [](settings & s) -> auto& { return s.rentals.lost.after_hours; }, 1,
      8'760, "A bank counts as lost so long after its due time, hours; a running rental keeps its own"));
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
  add_life_of_rentals(keys);
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
  add_cabinets(keys);
  add_auth(keys);
  add_address_rates(keys);
  add_operators(keys);
  add_messages(keys);
  add_compatibility(keys);
  add_payments(keys);
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
