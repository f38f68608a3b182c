#include "http/outbound/spool_provider.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <fstream>
#include <iterator>

namespace chautari {
namespace {

namespace fs = std::filesystem;

struct spool_fixture {
  fs::path root;
  fs::path folder;

  spool_fixture() {
    std::string pattern = (fs::temp_directory_path() / "chautari-spool-XXXXXX").string();
    root = ::mkdtemp(pattern.data());
    folder = root / "spool";
  }
  ~spool_fixture() {
    std::error_code ignored;
    fs::remove_all(root, ignored);
  }
  static outgoing_message message(const std::string& to, std::int64_t ms = 1'767'225'600'000) {
    report_id id;
    id.value.data[0] = 1;
    return {id, "mail", to, "otp", R"({"otp":"012345"})", from_ms(ms), from_ms(ms + 300'000)};
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& file : fs::directory_iterator{folder})
      out.push_back(file.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }
};

TEST(spool_provider, a_message_becomes_one_whole_file) {
  const spool_fixture f;
  spool_provider spool{f.folder};
  EXPECT_EQ(spool.send(spool_fixture::message("a@example.com")).outcome, delivery_outcome::sent);
  ASSERT_EQ(f.names(), std::vector<std::string>{"1767225600000-a@example.com.json"});
  std::ifstream in{f.folder / f.names().front()};
  const auto read = boost::json::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
  EXPECT_EQ(read.at("to").as_string(), "a@example.com");
  EXPECT_EQ(read.at("channel").as_string(), "mail");
  EXPECT_EQ(read.at("template").as_string(), "otp");
  EXPECT_EQ(read.at("variables").at("otp").as_string(), "012345");
  EXPECT_EQ(read.at("created_at").as_string(), "2026-01-01T00:00:00.000Z");
}

TEST(spool_provider, folder_and_files_are_their_owners_alone) {
  const spool_fixture f;
  spool_provider spool{f.folder};
  (void)spool.send(spool_fixture::message("a@example.com"));
  EXPECT_EQ(fs::status(f.folder).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(f.folder / f.names().front()).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(spool_provider, an_address_cannot_lead_out_of_the_folder) {
  const spool_fixture f;
  spool_provider spool{f.folder};
  EXPECT_EQ(spool.send(spool_fixture::message("/../../etc/x@example.com")).outcome, delivery_outcome::sent);
  EXPECT_EQ(f.names(), std::vector<std::string>{"1767225600000-_.._.._etc_x@example.com.json"});
  EXPECT_EQ(spool.send(spool_fixture::message(std::string(254, 'a'), 1'767'225'600'001)).outcome,
            delivery_outcome::sent);
}

TEST(spool_provider, the_oldest_files_go_when_the_folder_is_full) {
  const spool_fixture f;
  for (int run = 0; run < 2; ++run) {  // The second one finds the folder of the first.
    spool_provider spool{f.folder, 20};
    for (int n = 0; n < 50; ++n)
      EXPECT_EQ(
          spool.send(spool_fixture::message("a@example.com", 1'767'225'600'000 + run * 100 + n)).outcome,
          delivery_outcome::sent);
    EXPECT_LE(f.names().size(), 20U);
    EXPECT_EQ(f.names().back(), std::to_string(1'767'225'600'049 + run * 100) + "-a@example.com.json");
  }
}

TEST(spool_provider, a_folder_that_cannot_be_written_is_a_failure_to_try_again) {
  const spool_fixture f;
  std::ofstream{f.folder} << "a file where the folder should be";
  spool_provider spool{f.folder};
  const auto report = spool.send(spool_fixture::message("a@example.com"));
  EXPECT_EQ(report.outcome, delivery_outcome::try_again);
  EXPECT_EQ(report.why.find("012345"), std::string::npos);
  fs::remove(f.folder);
  EXPECT_EQ(spool.send(spool_fixture::message("a@example.com")).outcome, delivery_outcome::sent);
}

}  // namespace
}  // namespace chautari
