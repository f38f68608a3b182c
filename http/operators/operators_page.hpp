#pragma once
/// The operators' page as it is served: its files, and what a browser may do with them.

#include <memory>
#include <string>
#include <string_view>

#include "http/server/endpoint.hpp"
#include "http/server/static_files.hpp"

namespace chautari {

struct page_settings {
  std::string web_dir = "build/web";  ///< What Vite built; server.web_dir.
  /// A MapLibre style on a host of its own; empty: the page draws its own quiet map.
  std::string tile_style_url;
};

/// GET /admin, everything below it, and GET /api/admin/page-config. Without files /admin says how to build
/// them.
[[nodiscard]] endpoints operators_page_rows(std::shared_ptr<const static_files> files,
                                            const page_settings& settings, std::string_view version);

/// The Content-Security-Policy of the page at `host` (the Host header; one with unusual characters counts as
/// none). Nothing but our own files runs; `tile_origin` ("https://tiles.example", may be empty) is where map
/// data may come from.
[[nodiscard]] std::string page_policy(std::string_view host, std::string_view tile_origin);

}  // namespace chautari
