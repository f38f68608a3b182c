#include "http/operators/operators_page.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace chautari {
namespace {

constexpr std::string_view unbuilt =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>chautari</title>"
    "<h1>The operators' page has not been built</h1>"
    "<p>Run <code>scripts/build</code> (it needs Node.js; <code>scripts/install</code> brings it), set "
    "<code>server.web_dir</code> if the page lies elsewhere than <code>build/web</code>, and start the "
    "server "
    "again.</html>";

/// "https://tiles.example:8443" of "https://tiles.example:8443/style.json".
std::string_view origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  return scheme == std::string_view::npos ? std::string_view{} : url.substr(0, url.find('/', scheme + 3));
}

bool is_plain_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']';
  });
}

rendered_ptr page_config(const page_settings& settings, std::string_view version) {
  boost::json::value style;
  if (!settings.tile_style_url.empty()) style = settings.tile_style_url;
  // The view that shows all of Nepal.
  const boost::json::object view{{"lat", 28.2}, {"lng", 84.1}, {"zoom", 7}};
  return render(
      success_envelope("OK", boost::json::serialize(boost::json::object{{"tile_style_url", std::move(style)},
                                                                        {"time_zone", "Asia/Kathmandu"},
                                                                        {"languages", {"en", "ne"}},
                                                                        {"start_view", view},
                                                                        {"version", version}})),
      "public, max-age=60");
}

class page {
public:
  page(std::shared_ptr<const static_files> files, const page_settings& settings)
      : files_{std::move(files)}, tile_origin_{origin_of(settings.tile_style_url)} {}

  void answer(exchange& in, std::string_view path) const {
    in.put_header("Content-Security-Policy", page_policy(in.header("Host").value_or(""), tile_origin_));
    in.put_header("Cross-Origin-Opener-Policy", "same-origin");
    in.put_header("Permissions-Policy", "camera=(), microphone=(), geolocation=(self), payment=()");
    if (files_->empty()) return in.reply_raw(503, "text/html; charset=utf-8", std::string{unbuilt});
    if (auto file = files_->find(path)) return in.reply_rendered(std::move(file));
    // A path of the page's own: whatever looks like a file and is none is missing.
    const auto last = path.substr(path.rfind('/') + 1);  // npos + 1 is the beginning.
    auto index = last.find('.') == std::string_view::npos ? files_->find("index.html") : nullptr;
    if (!index) return in.fail(404, "not_found");
    in.reply_rendered(std::move(index));
  }

private:
  std::shared_ptr<const static_files> files_;
  std::string tile_origin_;
};

}  // namespace

std::string page_policy(std::string_view host, std::string_view tile_origin) {
  std::string more;
  if (!tile_origin.empty()) more.append(" ").append(tile_origin);
  std::string policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:";
  policy.append(more).append("; connect-src 'self'");
  // Not every browser counts a WebSocket of the same host as 'self'.
  if (is_plain_host(host)) policy.append(" ws://").append(host).append(" wss://").append(host);
  policy.append(more);
  return policy +
         "; worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri "
         "'none'; form-action 'none'";
}

endpoints operators_page_rows(std::shared_ptr<const static_files> files, const page_settings& settings,
                              std::string_view version) {
  const auto shown = std::make_shared<const page>(std::move(files), settings);
  endpoints rows;
  rows.push_back({.path = "/admin", .summary = "The operators' page", .handle = [shown](exchange& in) {
                    shown->answer(in, "index.html");
                  }});
  rows.push_back({.path = "/admin/{path...}",
                  .summary = "The operators' page: its files and its own paths",
                  .handle = [shown](exchange& in) { shown->answer(in, in.path_text("path")); }});
  rows.push_back(
      {.path = "/api/admin/page-config",
       .summary = "What the operators' page must know before anybody signs in",
       .handle = [config = page_config(settings, version)](exchange& in) { in.reply_rendered(config); }});
  return rows;
}

}  // namespace chautari
