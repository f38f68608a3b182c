#include "http/outbound/spool_provider.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cerrno>
#include <system_error>
#include <vector>

namespace chautari {
namespace {

/// A file name of the system has at most 255 bytes.
constexpr std::size_t name_bytes_max = 200;

std::string file_name_of(const outgoing_message& message) {
  std::string name =
      std::to_string(to_ms(message.created_at)) + '-' + message.recipient.substr(0, name_bytes_max);
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !is_plain && std::string_view{"@.+_-"}.find(c) == std::string_view::npos;
      },
      '_');
  return name + ".json";
}

std::string content_of(const outgoing_message& message) {
  boost::json::error_code failed;
  auto variables = boost::json::parse(message.variables, failed);
  if (failed) variables = boost::json::object{};
  return boost::json::serialize(boost::json::object{{"to", message.recipient},
                                                    {"channel", message.channel},
                                                    {"template", message.template_id},
                                                    {"variables", std::move(variables)},
                                                    {"created_at", to_rfc3339(message.created_at)}});
}

std::error_code last_error() { return {errno, std::generic_category()}; }

std::error_code write_file(const std::filesystem::path& file, std::string_view text) {
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (handle < 0) return last_error();
  std::error_code failed;
  while (!text.empty() && !failed) {
    const auto written = ::write(handle, text.data(), text.size());
    if (written > 0)
      text.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      failed = last_error();
  }
  if (::close(handle) != 0 && !failed) failed = last_error();
  return failed;
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (std::filesystem::directory_iterator at{folder, failed}, end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().extension() == ".json") files.push_back(at->path());
  }
  return files;
}

}  // namespace

spool_provider::spool_provider(std::filesystem::path folder, std::size_t files_max)
    : folder_{std::move(folder)},
      files_max_{std::max<std::size_t>(1, files_max)},
      files_{files_of(folder_).size()} {}

delivery_report spool_provider::send(const outgoing_message& message) {
  std::error_code failed;
  if (std::filesystem::create_directories(folder_, failed))
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, failed);
  const auto draft = folder_ / (".draft-" + message.id.text());
  if (!failed) failed = write_file(draft, content_of(message));
  if (!failed) std::filesystem::rename(draft, folder_ / file_name_of(message), failed);
  if (failed) {
    std::error_code ignored;
    std::filesystem::remove(draft, ignored);
    return {delivery_outcome::try_again, "the spool folder cannot be written: " + failed.message()};
  }
  if (++files_ > files_max_) make_room();
  return {delivery_outcome::sent, {}};
}

void spool_provider::make_room() {
  auto files = files_of(folder_);
  // Names begin with thirteen digits of time, so they sort by age. A tenth more than needed: listing costs.
  std::sort(files.begin(), files.end());
  const auto kept = files_max_ - files_max_ / 10;
  const auto removed = files.size() > kept ? files.size() - kept : 0;
  for (std::size_t at = 0; at < removed; ++at) {
    std::error_code ignored;  // Somebody else may have taken it away.
    std::filesystem::remove(files[at], ignored);
  }
  files_ = files.size() - removed;
}

}  // namespace chautari
