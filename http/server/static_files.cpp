#include "http/server/static_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

using media_row = std::pair<std::string_view, std::string_view>;
constexpr std::array<media_row, 16> media{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".geojson", "application/geo+json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".pbf", "application/x-protobuf"},
    {".txt", "text/plain; charset=utf-8"},
    {".map", "application/json"},
}};

}  // namespace

std::string_view media_type_of(std::string_view path) {
  const auto known =
      std::ranges::find_if(media, [path](const media_row& row) { return path.ends_with(row.first); });
  return known == media.end() ? "application/octet-stream" : known->second;
}

std::string_view cache_control_of(std::string_view path) {
  if (path.starts_with("assets/")) return "public, max-age=31536000, immutable";
  return path.ends_with(".html") ? "no-cache" : "public, max-age=3600";
}

bool static_files::load(const std::string& folder, std::string& why) {
  namespace fs = std::filesystem;
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) return true;
  std::size_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator{folder, failed}) {
    if (entry.is_symlink(failed) || !entry.is_regular_file(failed)) continue;
    std::ifstream file{entry.path(), std::ios::binary};
    std::string content{std::istreambuf_iterator<char>{file}, {}};
    if (!file) return why = "cannot read " + entry.path().string(), false;
    bytes += content.size();
    if (files_.size() >= limits::static_files_max || bytes > limits::static_bytes_max)
      return why = "there is too much in " + folder, false;
    const auto name = entry.path().lexically_relative(folder).generic_string();
    files_[name] = render(std::move(content), std::string{cache_control_of(name)},
                          std::string{media_type_of(name)}, compression::thorough);
  }
  if (failed) return why = "cannot read " + folder + ": " + failed.message(), false;
  return true;
}

rendered_ptr static_files::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : found->second;
}

}  // namespace chautari
