#pragma once
/// A message provider for demonstrations and tests: each message becomes a JSON file in a folder.

#include <cstddef>
#include <filesystem>
#include <string>

#include "protocols/base/limits.hpp"
#include "protocols/users/message_provider.hpp"

namespace chautari {

/// Writes `<milliseconds>-<recipient>.json` with {to, channel, template, variables, created_at}; a file is
/// whole as soon as it has that name. Recipients keep letters, digits and @.+_- in the name, other bytes
/// become '_'. Beyond `files_max` the oldest files are removed, some at a time. The files hold codes in
/// clear, so folder and files are their owner's alone, and settings refuse this provider in production.
class spool_provider : public message_provider {
public:
  explicit spool_provider(std::filesystem::path folder, std::size_t files_max = limits::spool_files_max);

  [[nodiscard]] std::string_view name() const override { return "spool"; }
  [[nodiscard]] delivery_report send(const outgoing_message& message) override;

private:
  void make_room();

  std::filesystem::path folder_;
  std::size_t files_max_;
  std::size_t files_ = 0;  ///< At least as many as there are.
};

}  // namespace chautari
