#pragma once
/// Finds the row for a path in one walk over its segments. Built once, read by every lane.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/server/endpoint.hpp"

namespace chautari {

class router {
public:
  /// Ends the process if two rows share a verb and a path, a path is malformed, a row has no handler, a
  /// rate rule's name means two things, or the operators' rows and those that name a permission differ.
  /// `rows` must outlive the router and not move.
  explicit router(const endpoints& rows);

  struct match {
    const endpoint* row = nullptr;  ///< Null: no such path, or not with this verb.
    bool is_path_known = false;
    /// Undecoded texts of the path's parameters with their names.
    std::vector<std::pair<std::string_view, std::string_view>> parameters;
  };

  /// `path` without query. "/api/v1/x" is "/api/x"; HEAD finds GET. One trailing slash is forgiven.
  void find(http_method verb, std::string_view path, match& into) const;

  /// The verbs of a known path, for Allow: "GET, HEAD, OPTIONS".
  [[nodiscard]] std::string allowed(std::string_view path) const;

private:
  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  /// One segment of the tree. Fixed texts win over a parameter at the same place.
  struct node {
    std::unordered_map<std::string, std::unique_ptr<node>, text_hash, std::equal_to<>> fixed;
    std::unique_ptr<node> parameter;
    std::unique_ptr<node> rest;  ///< "{name...}": everything that follows, if nothing else fits.
    std::vector<std::pair<const endpoint*, std::vector<std::string>>>
        rows;  ///< With their parameter names in order.
  };

  void add(const endpoint& row, const std::string& path);
  [[nodiscard]] const node* walk(const node& from, std::string_view rest,
                                 std::vector<std::string_view>& texts) const;
  [[nodiscard]] const node* locate(std::string_view path, std::vector<std::string_view>& texts) const;

  node root_;
};

}  // namespace chautari
