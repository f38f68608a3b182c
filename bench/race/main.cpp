/// What the races need beside wrk, pgbench and the city: tokens of many riders, frames through the broker
/// alone, and reads that keep step with rental cycles. Each prints one JSON object.

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <string>

#include "bench/race/broker.hpp"
#include "bench/race/mix.hpp"
#include "bench/race/tokens.hpp"

namespace race {
namespace {

struct options {
  token_wish tokens;
  broker_wish broker;
  mix_wish mix;
  std::string cabinet_password_file;
  std::string server_password_file;
};

std::string first_line(const std::string& file) {
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  return line;
}

CLI::App* tokens_command(CLI::App& app, options& out) {
  auto* command = app.add_subcommand("tokens", "Sign access tokens of riders of bench/race/riders.sql");
  command->add_option("--keys-dir", out.tokens.keys_dir, "The server's keys")->required();
  command->add_option("--file", out.tokens.file, "Where to, one a line")->required();
  command->add_option("--first", out.tokens.first, "Number of the first rider");
  command->add_option("--step", out.tokens.step, "To the next rider's number")->check(CLI::PositiveNumber);
  command->add_option("--count", out.tokens.count, "How many")->check(CLI::PositiveNumber);
  return command;
}

CLI::App* broker_command(CLI::App& app, options& out) {
  auto* command = app.add_subcommand("broker", "Cabinet frames through the broker alone, QoS 1");
  command->add_option("--mqtt-port", out.broker.cabinets.port, "Port of the broker")->required();
  command->add_option("--cabinet-password-file", out.cabinet_password_file, "Of the login cabinet")
      ->required();
  command->add_option("--server-password-file", out.server_password_file, "Of the login server")->required();
  command->add_option("--cabinets", out.broker.count, "Sessions that speak")->check(CLI::PositiveNumber);
  command->add_option("--window", out.broker.window, "Frames under way at once")->check(CLI::PositiveNumber);
  command->add_option("--seconds", out.broker.seconds, "How long")->check(CLI::PositiveNumber);
  return command;
}

CLI::App* mix_command(CLI::App& app, options& out) {
  auto* command = app.add_subcommand("mix", "Reads that keep step with rental cycles");
  command->add_option("--http-port", out.mix.http_port, "The riders' door")->required();
  command->add_option("--operations-port", out.mix.operations_port, "The operations door")->required();
  command->add_option("--read", out.mix.public_paths, "Path of a public read, in turn")->required();
  command->add_option("--own", out.mix.own_paths, "Path of a rider's own read; the last: his open rental")
      ->required();
  command->add_option("--tokens", out.mix.wallet_tokens_file, "Riders' tokens")->required();
  command->add_option("--active-tokens", out.mix.active_tokens_file, "Those with an open rental")->required();
  command->add_option("--reads-per-cycle", out.mix.reads_per_cycle, "Public reads for a cycle");
  command->add_option("--own-per-cycle", out.mix.own_per_cycle, "Own reads for a cycle");
  command->add_option("--connections", out.mix.connections, "Keep-alive connections")
      ->check(CLI::PositiveNumber);
  command->add_option("--seconds", out.mix.seconds, "How long")->check(CLI::PositiveNumber);
  return command;
}

void print(const boost::json::object& told) { std::puts(boost::json::serialize(told).c_str()); }

int run(int count, char** words) {
  CLI::App app{"Parts of the races against the ceilings"};
  app.require_subcommand(1);
  options setup;
  const auto* tokens = tokens_command(app, setup);
  const auto* broker = broker_command(app, setup);
  const auto* mix = mix_command(app, setup);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& mistake) {
    return app.exit(mistake);
  }
  if (tokens->parsed()) write_tokens(setup.tokens);
  if (broker->parsed()) {
    setup.broker.server.port = setup.broker.cabinets.port;
    setup.broker.cabinets.password = first_line(setup.cabinet_password_file);
    setup.broker.server.password = first_line(setup.server_password_file);
    print(frames_through(setup.broker));
  }
  if (mix->parsed()) print(read_beside_cycles(setup.mix));
  return 0;
}

}  // namespace
}  // namespace race

int main(int count, char** words) {
  try {
    return race::run(count, words);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "race: %s\n", failed.what());
    return 2;
  }
}
