#include "config/settings.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "config/setting_keys.hpp"

namespace chautari {
namespace {

const std::string pepper(32, 'p');

settings_input good() {
  settings_input input;
  input.toml = "environment = \"demo\"\n";
  input.environment = {{"CHAUTARI_DATABASE__PASSWORD", "a-long-password"},
                       {"CHAUTARI_MQTT__PASSWORD", "another-password"},
                       {"CHAUTARI_MQTT__ACCOUNTS_PASSWORD", "a-third-password"},
                       {"CHAUTARI_AUTH__OTP_PEPPER", pepper}};
  return input;
}

struct mistake_case {
  std::string toml;
  std::map<std::string, std::string> environment;
  std::string mistake;
};

const std::vector<mistake_case> cases{
    {"environment = \"demo\"\ncolour = 1\n", {}, "chautari.toml:2: colour is unknown"},
    {"environment = \"demo\"\n[server]\nprot = 1\n", {}, "chautari.toml:3: server.prot is unknown"},
    {"environment = \"staging\"\n[messages]\nprovider = \"spool\"\n",
     {},
     "chautari.toml:1: environment must be one of \"production\", \"demo\", \"test\""},
    {"environment = \"demo\"\n[server]\nport = 0\n", {}, "chautari.toml:3: server.port must be 1..65535"},
    {"environment = \"demo\"\n[server]\nport = \"many\"\n",
     {},
     "chautari.toml:3: server.port must be a whole number, 1..65535"},
    {"environment = \"demo\"\n[server]\nhost = 7\n", {}, "chautari.toml:3: server.host must be text"},
    {"environment = \"demo\"\n[server]\nport = 1.5\n",
     {},
     "chautari.toml:3: server.port: must be text, a whole number or a list of text"},
    {"environment = \"demo\"\n[server]\nallowed_origins = [1]\n",
     {},
     "chautari.toml:3: server.allowed_origins: must be text, a whole number or a list of text"},
    {"environment = \"demo\"\n[server]\nhost = \"localhost\"\n",
     {},
     "chautari.toml:3: server.host must be an IP address"},
    {"environment = \"demo\"\n[operations]\nhost = \"127.0.0.256\"\n",
     {},
     "chautari.toml:3: operations.host must be an IP address"},
    {"environment = \"demo\"\n[server]\ntrusted_proxies = [\"localhost\", \"::1\", \"10.0.0.0/33\"]\n",
     {},
     "chautari.toml:3: server.trusted_proxies must be addresses or CIDR blocks, unlike \"localhost\", "
     "\"10.0.0.0/33\""},
    {"environment = \"demo\"\n",
     {{"CHAUTARI_SERVER__TRUSTED_PROXIES", "10.0.0.1, /33"}},
     "CHAUTARI_SERVER__TRUSTED_PROXIES: server.trusted_proxies must be addresses or CIDR blocks, unlike "
     "\"/33\""},
    {"environment = \"demo\"\n[log]\nlevel = \"loud\"\n",
     {},
     "chautari.toml:3: log.level must be one of \"debug\", \"info\", \"warning\", \"error\", \"critical\""},
    {"environment = \"demo\"\n[messages]\nprovider = \"pigeon\"\n",
     {},
     "chautari.toml:3: messages.provider must be one of \"spool\""},
    {"environment = \"demo\"\n[database]\npassword = \"in-the-file\"\n",
     {},
     "chautari.toml:3: database.password is a secret and may not stand in the file; use "
     "database.password_file"},
    {"environment = \"demo\"\n",
     {{"CHAUTARI_SERVER__WEB_DIR", "build/\xB6"}},
     "CHAUTARI_SERVER__WEB_DIR: server.web_dir must be UTF-8 without control characters"},
    {"environment = \"demo\"\n[server]\nallowed_origins = [\"https://\\u007f\"]\n",
     {},
     "chautari.toml:3: server.allowed_origins must be UTF-8 without control characters"},
    {"environment = \"demo\"\n[operations]\nport = 8080\n",
     {},
     "operations.port and server.port are the same"},
    {"environment = \"production\"\n",
     {},
     "messages.provider \"spool\" leaves sign-in codes in a folder: only with environment \"demo\" or "
     "\"test\""},
    {"environment = \"demo\"\n", {{"CHAUTARI_SERVER__PROT", "1"}}, "CHAUTARI_SERVER__PROT is unknown"},
    {"environment = \"demo\"\n",
     {{"CHAUTARI_SERVER__PORT", "70000"}},
     "CHAUTARI_SERVER__PORT: server.port must be 1..65535"},
    {"environment = \"demo\"\n",
     {{"CHAUTARI_DATABASE__PASSWORD", "changeme"}},
     "CHAUTARI_DATABASE__PASSWORD: database.password is a default everybody knows"},
    {"environment = \"demo\"\n",
     {{"CHAUTARI_DATABASE__PASSWORD", ""}},
     "CHAUTARI_DATABASE__PASSWORD: database.password is empty"},
    {"environment = \"demo\"\n",
     {{"CHAUTARI_AUTH__OTP_PEPPER", "short"}},
     "CHAUTARI_AUTH__OTP_PEPPER: auth.otp_pepper must have at least 32 bytes"},
};

TEST(settings, each_mistake_is_told_in_one_line_and_nothing_else_is_wrong) {
  for (const auto& [toml, environment, mistake] : cases) {
    auto input = good();
    input.toml = toml;
    for (const auto& [variable, value] : environment)
      input.environment[variable] = value;
    auto mistakes = load_settings(input).mistakes;
    // A refused environment leaves the safest, production, in which the spool is a mistake of its own.
    if (toml.find("staging") != std::string::npos) mistakes.resize(1);
    EXPECT_EQ(mistakes, std::vector<std::string>{mistake}) << toml;
  }
}

TEST(settings, a_file_that_is_no_toml_is_a_mistake_and_not_the_end) {
  for (const auto* text :
       {"[,server]\n", "[[ =]]", "[", "[\xC3\xA4]", "a = [{b = [", "\xFF\xFE", "a = \"\\"}) {
    auto input = good();
    input.toml = text;
    const auto mistakes = load_settings(input).mistakes;
    ASSERT_FALSE(mistakes.empty()) << text;
    EXPECT_TRUE(mistakes.front().starts_with("chautari.toml:1: ")) << mistakes.front();
  }
}

TEST(settings, letters_beyond_ascii_stand_in_quotes_and_comments_only) {
  auto input = good();
  input.toml = "# नमस्ते\nenvironment = \"demo\" # é\n[log]\nfile = 'var/ü.log'\n";
  EXPECT_EQ(load_settings(input).mistakes, std::vector<std::string>{});
  for (const auto* text : {"\na = 1 \u00AB\n", "\nf = \u00E4nf\n", "\na = \"x\\\"y\" \u00E9\n",
                           "\na = 1979-05'''''''\u03B3\n", "\na = 1='\u03B3'\n", "\n\u2D30 = 1\n"}) {
    input.toml = text;
    const auto mistakes = load_settings(input).mistakes;
    ASSERT_FALSE(mistakes.empty()) << text;
    EXPECT_TRUE(mistakes.front().starts_with("chautari.toml:2: ")) << mistakes.front();
  }
}

TEST(settings, a_mistake_is_one_line_whatever_the_name_holds) {
  auto input = good();
  input.toml = "environment = \"demo\"\n\"a\\nb\\u001b[2J\" = 1\n";
  input.environment["CHAUTARI_X__\n\x7F"] = "1";
  const auto mistakes = load_settings(input).mistakes;
  EXPECT_EQ(mistakes,
            (std::vector<std::string>{"chautari.toml:2: a?b?[2J is unknown", "CHAUTARI_X__?? is unknown"}));
}

TEST(settings, all_mistakes_are_told_at_once) {
  settings_input input;
  input.toml = "environment = \"demo\"\nx = 1\n[server]\nport = 0\n";
  const auto mistakes = load_settings(input).mistakes;
  const std::set<std::string> told{mistakes.begin(), mistakes.end()};
  EXPECT_EQ(told,
            (std::set<std::string>{
                "chautari.toml:2: x is unknown",
                "chautari.toml:4: server.port must be 1..65535",
                "database.password is missing: set database.password_file or CHAUTARI_DATABASE__PASSWORD",
                "mqtt.password is missing: set mqtt.password_file or CHAUTARI_MQTT__PASSWORD",
                "mqtt.accounts_password is missing: set mqtt.accounts_password_file or "
                "CHAUTARI_MQTT__ACCOUNTS_PASSWORD",
                "auth.otp_pepper is missing: set auth.otp_pepper_file or CHAUTARI_AUTH__OTP_PEPPER",
            }));
}

TEST(settings, broken_toml_is_told_with_its_line) {
  auto input = good();
  input.toml = "environment = \"demo\"\n[server\n";
  const auto mistakes = load_settings(input).mistakes;
  ASSERT_FALSE(mistakes.empty());
  EXPECT_TRUE(mistakes.front().starts_with("chautari.toml:2: ")) << mistakes.front();
}

TEST(settings, the_environment_wins_over_the_file_and_the_file_over_the_default) {
  auto input = good();
  input.toml +=
      "[server]\nport = 8081\nio_threads = 2\nallowed_origins = [\"https://a\"]\n[mqtt]\nhost = \"file\"\n";
  input.environment["CHAUTARI_SERVER__PORT"] = "8082";
  input.environment["CHAUTARI_SERVER__TRUSTED_PROXIES"] = " 10.0.0.1, 10.1.0.0/16 ,, ";
  const auto loaded = load_settings(input);
  EXPECT_TRUE(loaded.mistakes.empty());
  EXPECT_EQ(loaded.values.server.port, 8082);
  EXPECT_EQ(loaded.values.server.io_threads, 2U);
  EXPECT_EQ(loaded.values.mqtt.host, "file");
  EXPECT_EQ(loaded.values.mqtt.port, 1883);
  EXPECT_EQ(loaded.values.server.allowed_origins, std::vector<std::string>{"https://a"});
  EXPECT_EQ(loaded.values.server.trusted_proxies, (std::vector<std::string>{"10.0.0.1", "10.1.0.0/16"}));
}

TEST(settings, a_secret_comes_from_a_file_without_its_last_line_end) {
  const auto path =
      std::filesystem::temp_directory_path() / ("chautari-secret-" + std::to_string(::getpid()));
  std::ofstream{path} << "from-the-file\n";
  auto input = good();
  input.environment.erase("CHAUTARI_DATABASE__PASSWORD");
  input.environment["CHAUTARI_DATABASE__PASSWORD_FILE"] = path;
  EXPECT_EQ(load_settings(input).values.database.password, "from-the-file");
  std::filesystem::remove(path);
  EXPECT_EQ(load_settings(input).mistakes,
            std::vector<std::string>{
                "CHAUTARI_DATABASE__PASSWORD_FILE: database.password_file: cannot read " + path.string()});
}

TEST(settings, a_file_without_an_end_is_a_mistake) {
  auto input = good();
  input.environment.erase("CHAUTARI_DATABASE__PASSWORD");
  input.environment["CHAUTARI_DATABASE__PASSWORD_FILE"] = "/dev/zero";
  EXPECT_EQ(load_settings(input).mistakes,
            std::vector<std::string>{
                "CHAUTARI_DATABASE__PASSWORD_FILE: database.password_file: cannot read /dev/zero"});
}

TEST(settings, a_bridge_is_let_in_only_with_a_secret_of_its_own) {
  auto input = good();
  EXPECT_FALSE(load_settings(input).values.compatibility.is_enabled) << "off unless somebody wants it";
  input.toml += "[compatibility]\nenabled = 1\n";
  EXPECT_EQ(load_settings(input).mistakes,
            std::vector<std::string>{"compatibility.enabled wants compatibility.secret_file or "
                                     "CHAUTARI_COMPATIBILITY__SECRET"});
  input.environment["CHAUTARI_COMPATIBILITY__SECRET"] = "shared with the bridge";
  const auto loaded = load_settings(input);
  EXPECT_TRUE(loaded.mistakes.empty());
  EXPECT_TRUE(loaded.values.compatibility.is_enabled);
  EXPECT_EQ(loaded.values.compatibility.secret, "shared with the bridge");
}

TEST(settings, the_summary_shows_every_key_and_no_secret) {
  const auto loaded = load_settings(good());
  ASSERT_TRUE(loaded.mistakes.empty());
  const auto summary = render_summary(loaded.values);
  for (const auto& key : setting_keys()) {
    EXPECT_NE(("\n" + summary).find("\n" + key.path() + " = "), std::string::npos) << key.path();
  }
  for (const auto& secret : {std::string{"a-long-password"}, std::string{"another-password"},
                             std::string{"a-third-password"}, pepper}) {
    EXPECT_EQ(summary.find(secret), std::string::npos);
  }
  EXPECT_NE(summary.find("database.password = (set)\n"), std::string::npos);
}

TEST(settings, the_example_file_is_what_the_table_prints) {
  std::ifstream file{"config/chautari.example.toml"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  EXPECT_EQ(text, render_example()) << "print it anew: chautari check-config --example";
}

TEST(settings, the_example_file_says_nothing_but_the_defaults) {
  auto input = good();
  input.toml = render_example();
  input.environment["CHAUTARI_ENVIRONMENT"] = "test";
  const auto loaded = load_settings(input);
  EXPECT_EQ(loaded.mistakes, std::vector<std::string>{});
  settings defaults;
  defaults.environment = "test";
  defaults.database.password = defaults.mqtt.password = defaults.auth.pepper = "set";
  defaults.mqtt.accounts_password = "set";
  EXPECT_EQ(render_summary(loaded.values), render_summary(defaults));
}

}  // namespace
}  // namespace chautari
