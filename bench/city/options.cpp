#include "bench/city/options.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <map>

namespace city {
namespace {

/// "http://127.0.0.1:8080" or "127.0.0.1:1883".
bool split_address(std::string text, std::string& host, std::uint16_t& port) {
  if (const auto scheme = text.find("://"); scheme != std::string::npos) text = text.substr(scheme + 3);
  if (const auto path = text.find('/'); path != std::string::npos) text.resize(path);
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return false;
  host = text.substr(0, colon);
  const int number = std::atoi(text.c_str() + colon + 1);
  port = static_cast<std::uint16_t>(number);
  return !host.empty() && number > 0 && number < 65536;
}

std::string first_line(const std::string& path) {
  std::ifstream in{path};
  std::string line;
  std::getline(in, line);
  return line;
}

const std::map<std::string, int fault_rates::*>& fault_names() {
  static const std::map<std::string, int fault_rates::*> names{{"lost_reply", &fault_rates::lost_reply},
                                                               {"late_reply", &fault_rates::late_reply},
                                                               {"duplicate", &fault_rates::duplicate},
                                                               {"wrong_bank", &fault_rates::wrong_bank},
                                                               {"jam", &fault_rates::jam},
                                                               {"not_here", &fault_rates::not_here},
                                                               {"lost_return", &fault_rates::lost_return},
                                                               {"lost_claim", &fault_rates::lost_claim},
                                                               {"reordered", &fault_rates::reordered},
                                                               {"forged_claim", &fault_rates::forged_claim},
                                                               {"garbled", &fault_rates::garbled},
                                                               {"offline", &fault_rates::offline},
                                                               {"reboot", &fault_rates::reboot}};
  return names;
}

/// "jam=60"
bool switch_fault(const std::string& text, fault_rates& rates) {
  const auto equals = text.find('=');
  const auto named = fault_names().find(text.substr(0, equals));
  if (equals == std::string::npos || named == fault_names().end()) return false;
  rates.*named->second = std::atoi(text.c_str() + equals + 1);
  return true;
}

}  // namespace

fault_rates rates_of(fault_level level) {
  switch (level) {
    case fault_level::none:
      return {};
    case fault_level::light:
      return {.lost_reply = 10,
              .late_reply = 10,
              .duplicate = 20,
              .wrong_bank = 5,
              .jam = 10,
              .not_here = 10,
              .lost_return = 10,
              .lost_claim = 10,
              .reordered = 10,
              .forged_claim = 10,
              .garbled = 10,
              .offline = 10,
              .reboot = 5};
    case fault_level::heavy:
      return {.lost_reply = 60,
              .late_reply = 50,
              .duplicate = 150,
              .wrong_bank = 40,
              .jam = 60,
              .not_here = 40,
              .lost_return = 80,
              .lost_claim = 80,
              .reordered = 80,
              .forged_claim = 100,
              .garbled = 60,
              .offline = 120,
              .reboot = 60};
  }
  return {};
}

bool read_options(int argc, char** argv, options& out, int& exit_code) {
  CLI::App app{"A simulated city: cabinets that speak the real protocol, riders that use the public API."};
  std::string http = "http://127.0.0.1:8080";
  std::string mqtt = "127.0.0.1:1883";
  std::string password_file;
  fault_level level = fault_level::none;
  std::vector<std::string> switched;
  const std::map<std::string, fault_level> levels{
      {"none", fault_level::none}, {"light", fault_level::light}, {"heavy", fault_level::heavy}};
  app.add_option("--http", http, "Address of the server, http://HOST:PORT");
  app.add_option("--mqtt", mqtt, "Address of the broker, HOST:PORT");
  app.add_option("--mqtt-user", out.mqtt_user, "Account of the cabinets");
  app.add_option("--mqtt-password-file", password_file, "File with its password");
  app.add_option("--spool", out.spool, "Folder in which the server spools its messages");
  app.add_option("--database", out.database,
                 "Connection string; cabinets and the final check come from there");
  app.add_option("--seed", out.seed, "One seed, one behaviour");
  app.add_option("--cabinets", out.cabinets, "How many cabinets live");
  app.add_option("--riders", out.riders, "How many riders live");
  app.add_option("--seconds", out.run_seconds, "How long new rentals are started; 0: until interrupted");
  app.add_option("--settle", out.settle_seconds, "How long the network may take to come to rest");
  app.add_option("--faults", level, "none, light or heavy")->transform(CLI::CheckedTransformer(levels));
  app.add_option("--fault", switched,
                 "One fault in so many of 1000, on top of --faults: jam=60, offline=0, ...");
  app.add_option("--speed", out.speed, "Divides rides and pauses; 0: load, nobody ever waits");
  app.add_option("--summary", out.summary_file, "Write the summary as JSON into this file");
  app.add_option("--history", out.history_file, "Append what riders ask and are told to this file");
  app.add_flag("--ask-for-login", out.asks_for_login,
               "Each cabinet asks over HTTP for a login of its own at the broker");
  app.add_flag("--check-only", out.check_only, "Only check the database");
  app.add_flag("--demo", out.demo, "Live until interrupted; no final rest and check");
  app.add_flag("--quiet", out.quiet, "No live line");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& mistake) {
    exit_code = app.exit(mistake);
    return false;
  }
  exit_code = 2;
  if (!split_address(http, out.http_host, out.http_port) ||
      !split_address(mqtt, out.mqtt_host, out.mqtt_port)) {
    std::fprintf(stderr, "city: --http and --mqtt need HOST:PORT\n");
    return false;
  }
  out.faults = rates_of(level);
  for (const auto& one : switched) {
    if (switch_fault(one, out.faults)) continue;
    std::fprintf(stderr, "city: --fault does not know %s\n", one.c_str());
    return false;
  }
  if (!password_file.empty()) out.mqtt_password = first_line(password_file);
  if (out.database.empty()) {
    std::fprintf(stderr, "city: --database is needed\n");
    return false;
  }
  exit_code = 0;
  return true;
}

}  // namespace city
