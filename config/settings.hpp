#pragma once
/// What the operator decides. One TOML file, each key overridable as CHAUTARI_SECTION__KEY; secrets only by
/// environment or in files of their own. Every key, its default, unit and reason:
/// config/chautari.example.toml, which is printed from the same table that reads them.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/cabinets/cabinets_door.hpp"
#include "http/compatibility/compatibility_door.hpp"
#include "http/operators/operators_door.hpp"
#include "http/operators/operators_page.hpp"
#include "http/server/door.hpp"
#include "http/users/users_door.hpp"
#include "persistence/settings.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/operators/settings.hpp"
#include "protocols/pricing/late_fee.hpp"
#include "protocols/users/settings.hpp"

namespace chautari {

struct operations_settings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 9464;
};

struct broker_settings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 1883;
  std::string user = "server";
  std::string password;
  std::string accounts_user = "accounts";
  std::string accounts_password;
  std::string client_id = "chautari";
  minutes silence_max = limits::broker_silence_max;
};

struct message_settings {
  std::string provider = "spool";
  std::string spool_dir = "var/spool";
};

/// Ways of paying from outside.
struct payment_settings {
  bool is_counter_open = true;
};

struct log_settings {
  std::string level = "info";
  std::string file;
};

struct settings {
  /// A proxy on this machine is believed; nobody else can pretend to be one.
  settings() { server.trusted_proxies = {"127.0.0.1", "::1"}; }

  std::string environment = "production";
  door_options server;
  operations_settings operations;
  database_settings database;
  std::size_t reader_connections = limits::reader_connections;
  broker_settings mqtt;
  cabinet_door_settings cabinets;
  std::string keys_dir = "/var/lib/chautari/keys";
  identity_settings auth;
  identity_rates address_rates;
  operator_settings operators;  ///< Issuer and pepper are those of `auth`.
  operator_rates operator_address_rates;
  page_settings page;
  message_settings messages;
  compatibility_settings compatibility;
  payment_settings payments;
  settlement_terms rentals;
  std::int64_t rental_starts_per_minute = 3;
  log_settings log;
};

/// Where settings come from; given, so that a test needs neither file nor environment.
struct settings_input {
  std::string toml;
  std::string toml_name = "chautari.toml";         ///< For the mistakes.
  std::map<std::string, std::string> environment;  ///< All of it; only CHAUTARI_* is looked at.
};

struct loaded_settings {
  settings values;
  std::vector<std::string> mistakes;  ///< One line each; empty if the start may go on.
};

/// Unknown keys, bad values, missing or default secrets and forbidden combinations, all of them at once.
[[nodiscard]] loaded_settings load_settings(const settings_input& input);
/// Reads the file and this process's environment. A file that cannot be read is a mistake.
[[nodiscard]] loaded_settings load_settings_file(const std::string& path);

/// "section.key = value" a line, secrets masked.
[[nodiscard]] std::string render_summary(const settings& values);
/// The whole of config/chautari.example.toml.
[[nodiscard]] std::string render_example();

}  // namespace chautari
