#include "config/commands.hpp"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <iostream>
#include <optional>
#include <string>

#include "config/clock.hpp"
#include "config/operator_commands.hpp"
#include "config/serve.hpp"
#include "config/settings.hpp"
#include "config/version.hpp"
#include "persistence/audit/audit.hpp"
#include "persistence/migrations/migrate.hpp"
#include "persistence/operations/audit_log.hpp"
#include "persistence/seed/seed.hpp"
#include "protocols/users/access_token.hpp"

namespace chautari {
namespace {

constexpr int done = 0, failed = 1, misconfigured = 2;

/// What the command line said.
struct words {
  std::string config = "chautari.toml";
  bool is_demo = false;
  std::uint64_t seed = 1;
  seed_size scale;
  bool wants_example = false;
  std::string keys_dir;
  operator_words operators;
};

/// The settings, or nothing after one line per mistake.
std::optional<settings> settings_or_complaints(const words& said) {
  auto loaded = load_settings_file(said.config);
  for (const auto& mistake : loaded.mistakes)
    std::cerr << mistake << '\n';
  if (!loaded.mistakes.empty()) return {};
  return std::move(loaded.values);
}

int complain(const std::string& problem) {
  std::cerr << problem << '\n';
  return failed;
}

int do_serve(const words& said) {
  const auto values = settings_or_complaints(said);
  return values ? serve(*values, version) : misconfigured;
}

int do_migrate(const words& said) {
  const auto values = settings_or_complaints(said);
  if (!values) return misconfigured;
  const auto report = migrate(values->database);
  for (const auto& name : report.applied)
    std::cout << "applied " << name << '\n';
  if (!report.is_ready()) return complain(report.problem);
  std::cout << "the schema is up to date\n";
  return done;
}

int do_seed(const words& said) {
  const auto values = settings_or_complaints(said);
  if (!values) return misconfigured;
  if (values->environment == "production") return complain("seeding is refused in production");
  if (!said.is_demo && said.scale.stations == 0) {
    std::cerr << "say --demo, or --stations N for a large network\n";
    return misconfigured;
  }
  const auto problem =
      said.is_demo ? seed_demo(values->database, said.seed) : seed_scale(values->database, said.scale);
  return problem.empty() ? done : complain(problem);
}

int do_generate_key(const words& said) {
  std::string directory = said.keys_dir;
  if (directory.empty()) {
    const auto values = settings_or_complaints(said);
    if (!values) return misconfigured;
    directory = values->keys_dir;
  }
  std::string why;
  if (!key_ring::generate(directory, system_clock()(), why)) return complain(why);
  std::cout << "a new key signs after the next start; the older ones in " << directory << " still verify\n";
  return done;
}

int do_check_config(const words& said) {
  if (said.wants_example) {
    std::cout << render_example();
    return done;
  }
  const auto values = settings_or_complaints(said);
  if (!values) return misconfigured;
  std::cout << render_summary(*values);
  return done;
}

int do_audit(const words& said) {
  const auto values = settings_or_complaints(said);
  if (!values) return misconfigured;
  const auto findings = audit(values->database);
  for (const auto& finding : findings)
    std::cout << finding << '\n';
  if (!findings.empty()) return failed;
  std::cout << "the books and the banks agree\n";
  return done;
}

int do_verify_audit_log(const words& said) {
  const auto values = settings_or_complaints(said);
  if (!values) return misconfigured;
  const auto report = verify_audit_log(values->database);
  if (!report.problem.empty()) return complain(report.problem);
  if (!report.finding.empty()) return complain("the audit log was tampered with: " + report.finding);
  std::cout << "all " << report.rows << " rows of the audit log are as they were written\n";
  return done;
}

template <int (*Act)(const settings&, const operator_words&)>
int do_operators(const words& said) {
  const auto values = settings_or_complaints(said);
  return values ? Act(*values, said.operators) : misconfigured;
}

int do_show_operator_code(const words& said) { return show_operator_code(said.operators); }

/// `add(to, name, what, act)` adds one command.
template <class Add>
void add_operators(CLI::App& app, words& said, const Add& add) {
  auto* operators = app.add_subcommand("operators", "The people of the admin realm");
  operators->require_subcommand(1);
  operators->fallthrough();
  auto& words_of = said.operators;
  const auto of = [&words_of](CLI::App* command) {
    command->add_option("--email", words_of.email, "Whose")->required();
    command->add_flag("--json", words_of.wants_json, "One JSON object for a program");
    return command;
  };
  const auto with_password = [&words_of](CLI::App* command) {
    command->add_option("--password-file", words_of.password_file, "Its first line; else one is drawn");
    return command;
  };
  auto* create =
      with_password(of(add(*operators, "create", "A new operator", do_operators<create_operator_account>)));
  create->add_option("--name", words_of.name, "Shown to the others")->required();
  create->add_option("--role", words_of.role, "super_admin, admin, moderator, operator or finance")
      ->capture_default_str();
  add(*operators, "list", "All of them", do_operators<list_all_operators>);
  with_password(of(
      add(*operators, "reset-password", "Another password; unlocks", do_operators<reset_operator_password>)));
  of(add(*operators, "reset-totp", "Another TOTP secret; unlocks", do_operators<reset_operator_totp>));
  add(*operators, "code", "The TOTP code of this moment", do_show_operator_code)
      ->add_option("--from", words_of.from, "What create --json printed")
      ->required();
}

int do_version(const words&) {
  std::cout << "chautari " << version << '\n';
  return done;
}

}  // namespace

int run_command(int count, char** arguments) {
  words said;
  std::function<int(const words&)> chosen;
  CLI::App app{"The server of a shared power-bank network."};
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--config", said.config, "The configuration file")->capture_default_str();
  const auto add = [&chosen](CLI::App& to, const char* name, const char* what, int (*act)(const words&)) {
    auto* command = to.add_subcommand(name, what);
    command->fallthrough();
    command->callback([&chosen, act] { chosen = act; });
    return command;
  };
  add(app, "serve", "Run until SIGTERM", do_serve);
  add(app, "migrate", "Bring the database's schema to this version", do_migrate);
  auto* seed = add(app, "seed", "Fill the database with a network to start from", do_seed);
  seed->add_flag("--demo", said.is_demo, "30 stations in six cities");
  seed->add_option("--seed", said.seed, "The same seed gives the same network")->capture_default_str();
  seed->add_option("--stations", said.scale.stations,
                   "A large network for measurements, into an empty database");
  seed->add_option("--slots", said.scale.slots, "Slots of each of its stations")->capture_default_str();
  seed->add_option("--open-rentals", said.scale.open_rentals, "Its open rentals")->capture_default_str();
  auto* keys = app.add_subcommand("keys", "The keys that sign access tokens");
  keys->require_subcommand(1);
  keys->fallthrough();
  add(*keys, "generate", "Add a new Ed25519 key", do_generate_key)
      ->add_option("--directory", said.keys_dir, "Instead of the configured folder");
  add(app, "check-config", "Print the settings, or what is wrong with them", do_check_config)
      ->add_flag("--example", said.wants_example, "Print every key with its default");
  add(app, "audit", "Check the banks and the books against each other", do_audit);
  auto* log = app.add_subcommand("audit-log", "The log of who did what");
  log->require_subcommand(1);
  log->fallthrough();
  add(*log, "verify", "Walk its chain and name the first row that is wrong", do_verify_audit_log);
  add_operators(app, said, add);
  add(app, "version", "Print the version", do_version);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& why) {
    return app.exit(why) == 0 ? done : misconfigured;
  }
  return chosen(said);
}

}  // namespace chautari
