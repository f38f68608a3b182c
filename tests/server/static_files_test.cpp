#include "http/server/static_files.hpp"

#include <filesystem>
#include <fstream>

#include "http/operators/operators_page.hpp"
#include "tests/server/fixture.hpp"

namespace chautari::testing {
namespace {

class page_files : public server_test {
protected:
  page_files() {
    std::string pattern = (std::filesystem::temp_directory_path() / "chautari-page-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  ~page_files() override { std::filesystem::remove_all(folder); }

  void write(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream{folder / name} << content;
  }
  void serve(const page_settings& settings = {}) {
    auto files = std::make_shared<static_files>();
    std::string why;
    ASSERT_TRUE(files->load(folder.string(), why)) << why;
    rows = operators_page_rows(files, settings, "1.2.3");
    options.allowed_origins.clear();
    open();
  }

  std::filesystem::path folder;
};

TEST_F(page_files, the_page_its_paths_and_its_files_are_served_each_with_its_caching) {
  write("index.html", "<!doctype html><title>map</title>");
  write("assets/index-4f2a.js", std::string(4'000, 'a'));
  write("favicon.svg", "<svg/>");
  serve();
  raw_client client{port};
  for (const char* path : {"/admin", "/admin/", "/admin/stations/KTM-1"}) {
    const auto page = client.get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("cache-control"), "no-cache");
    EXPECT_EQ(page.body, "<!doctype html><title>map</title>");
  }
  const auto script = client.get("/admin/assets/index-4f2a.js", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(script.header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(script.header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(script.header("content-encoding"), "gzip");
  EXPECT_EQ(script.header("vary"), "Accept-Encoding");
  EXPECT_LT(script.body.size(), 400U);
  const auto known =
      client.get("/admin/assets/index-4f2a.js", "If-None-Match: " + script.header("etag") + "\r\n");
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(client.get("/admin/favicon.svg").header("content-type"), "image/svg+xml");
}

TEST_F(page_files, what_looks_like_a_file_and_is_none_is_missing_and_nothing_leads_out_of_the_folder) {
  write("index.html", "page");
  std::ofstream{folder.string() + "-secret.txt"} << "secret";
  std::filesystem::create_symlink(folder.string() + "-secret.txt", folder / "link.txt");
  serve();
  raw_client client{port};
  const auto outside = "/admin/../" + folder.filename().string() + "-secret.txt";
  for (const std::string& path : {std::string{"/admin/assets/old-1.js"}, std::string{"/admin/link.txt"},
                                  outside, std::string{"/admin/%2e%2e/%2e%2e/etc/passwd.txt"}}) {
    const auto answer = client.get(path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.error_code(), "not_found");
  }
  std::filesystem::remove(folder.string() + "-secret.txt");
}

TEST_F(page_files, the_policy_lets_nothing_run_but_our_own_files) {
  write("index.html", "page");
  serve({.tile_style_url = "https://tiles.example:8443/style.json"});
  raw_client client{port};
  const auto page = client.get("/admin");
  EXPECT_EQ(page.header("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: "
            "https://tiles.example:8443; connect-src 'self' ws://t wss://t https://tiles.example:8443; "
            "worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri "
            "'none'; form-action 'none'");
  EXPECT_EQ(page.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(page.header("x-frame-options"), "DENY");
  EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
  EXPECT_EQ(page.header("cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(page_policy("evil'; script-src *", "").find("script-src *"), std::string::npos);
}

TEST_F(page_files, without_a_page_it_is_said_how_to_build_it) {
  serve();
  raw_client client{port};
  const auto page = client.get("/admin");
  EXPECT_EQ(page.status, 503);
  EXPECT_NE(page.body.find("scripts/build"), std::string::npos);
}

TEST_F(page_files, the_page_s_configuration_is_there_before_anybody_signs_in) {
  serve();
  raw_client client{port};
  const auto answer = client.get("/api/admin/page-config");
  EXPECT_EQ(answer.status, 200);
  const auto data = answer.json().at("data").as_object();
  EXPECT_TRUE(data.at("tile_style_url").is_null());
  EXPECT_EQ(data.at("time_zone").as_string(), "Asia/Kathmandu");
  EXPECT_EQ(data.at("languages").as_array().size(), 2U);
  EXPECT_EQ(data.at("version").as_string(), "1.2.3");
  EXPECT_TRUE(data.at("start_view").as_object().contains("zoom"));
}

}  // namespace
}  // namespace chautari::testing
