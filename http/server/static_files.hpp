#pragma once
/// A folder of files as answers, read once and compressed once: a request touches no disk, and a path is a
/// key of a table, so none leads out of the folder.

#include <map>
#include <string>
#include <string_view>

#include "http/server/response.hpp"

namespace chautari {

class static_files {
public:
  /// Everything below `folder`, links left out; empty if it is not there. False with a sentence in `why` if a
  /// file cannot be read or the limits (limits::static_files_max, static_bytes_max) are passed.
  [[nodiscard]] bool load(const std::string& folder, std::string& why);

  /// "assets/index-4f2a.js"; null if there is none.
  [[nodiscard]] rendered_ptr find(std::string_view path) const;
  [[nodiscard]] bool empty() const { return files_.empty(); }

private:
  std::map<std::string, rendered_ptr, std::less<>> files_;
};

/// By the extension; application/octet-stream if it is not known.
[[nodiscard]] std::string_view media_type_of(std::string_view path);

/// Files below assets/ carry a hash of their contents in their names and never change.
[[nodiscard]] std::string_view cache_control_of(std::string_view path);

}  // namespace chautari
