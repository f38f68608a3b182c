/// More than can be done: five times the starts the server sustains, or ten thousand cabinets that all come
/// back at once. Prints one JSON object; scripts/bench overload and scripts/bench storm arrange the rest.

#include <mosquitto.h>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>

#include "bench/overload/loads.hpp"

namespace overload {

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in{file};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  if (lines.empty()) throw std::runtime_error{"nothing is written in " + file};
  return lines;
}

void work_for(boost::asio::io_context& loop, std::chrono::milliseconds span) {
  loop.restart();
  loop.run_for(span);
}

namespace {

void add_common(CLI::App& app, options& out, std::string& password_file) {
  app.add_option("--http-port", out.http_port, "The riders' door")->required();
  app.add_option("--mqtt-port", out.broker.mqtt_port, "The broker")->required();
  app.add_option("--mqtt-password-file", password_file, "Of the login cabinet")->required();
  app.add_option("--tokens", out.tokens_file, "Riders' tokens, one a line")->required();
  app.add_option("--cabinets", out.cabinets, "Those of chautari seed --stations N")
      ->check(CLI::PositiveNumber);
  app.add_option("--first", out.first, "The number of the first of them")->check(CLI::PositiveNumber);
  app.add_option("--slots", out.slots, "Slots of each")->check(CLI::PositiveNumber);
  app.add_option("--connections", out.connections, "HTTP connections")->check(CLI::PositiveNumber);
  app.add_option("--seed", out.seed, "Of arrivals and choices");
}

CLI::App* load_command(CLI::App& app, options& out, std::string& password_file) {
  auto* command = app.add_subcommand("load", "Five times what can be done");
  add_common(*command, out, password_file);
  command->add_option("--operators", out.operators_file, "Operators who go on working");
  command->add_option("--server-pid", out.server_pid, "Whose memory is looked at");
  command->add_option("--at-once", out.starts_at_once, "Starts under way while the rate is found");
  command->add_option("--rate", out.rate, "The sustainable rate, if it is known");
  command->add_option("--times", out.times, "How many times of it are offered");
  command->add_option("--peak-seconds", out.peak_seconds, "How long the rate is looked for");
  command->add_option("--load-seconds", out.load_seconds, "How long too much is offered");
  command->add_option("--recovery-seconds", out.recovery_seconds, "How long the recovery is watched");
  command->add_option("--reads", out.reads_rate, "Reads a second besides");
  return command;
}

CLI::App* storm_command(CLI::App& app, options& out, std::string& password_file) {
  auto* command = app.add_subcommand("storm", "Every cabinet loses the broker and comes back");
  add_common(*command, out, password_file);
  command->add_option("--rate", out.storm_rate, "Starts a second")->check(CLI::PositiveNumber);
  command->add_option("--back-within", out.back_within, "Seconds over which the cabinets come back")
      ->check(CLI::Range(2, 600));
  command->add_option("--dark-returns", out.dark_returns, "Banks brought back to cabinets without a line");
  command->add_option("--ready-file", out.ready_file, "Made when the broker may be killed")->required();
  return command;
}

int run(int count, char** words) {
  options setup;
  std::string password_file;
  CLI::App app{"More than can be done."};
  app.require_subcommand(1);
  const auto* load = load_command(app, setup, password_file);
  storm_command(app, setup, password_file);
  CLI11_PARSE(app, count, words);
  setup.broker.mqtt_password = lines_of(password_file).front();
  mosquitto_lib_init();
  const auto report = load->parsed() ? offer_too_much(setup) : reconnect_storm(setup);
  std::puts(boost::json::serialize(report).c_str());
  mosquitto_lib_cleanup();
  return 0;
}

}  // namespace
}  // namespace overload

int main(int count, char** words) {
  try {
    return overload::run(count, words);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "overload: %s\n", failed.what());
    return 2;
  }
}
