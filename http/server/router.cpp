#include "http/server/router.hpp"

#include <algorithm>
#include <map>

#include "protocols/base/check.hpp"

namespace chautari {

namespace {

constexpr std::string_view api = "/api/";
constexpr std::string_view api_v1 = "/api/v1/";

/// The first segment of "/a/b" and what follows it.
std::pair<std::string_view, std::string_view> first_segment(std::string_view rest) {
  const auto slash = rest.find('/', 1);
  if (slash == std::string_view::npos) return {rest.substr(1), {}};
  return {rest.substr(1, slash - 1), rest.substr(slash)};
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// "{name...}" takes the rest of the path.
bool is_rest(std::string_view segment) { return is_parameter(segment) && segment.ends_with("...}"); }

}  // namespace

work_kind work_of(const endpoint& row) {
  if (row.work) return *row.work;
  const auto& path = row.path;
  const bool is_operators =
      path == "/admin" || path.starts_with("/admin/") || path.starts_with("/api/admin/");
  if (is_operators || row.who == access::admin_access) return work_kind::operators;
  return row.verb == http_method::get ? work_kind::reads : work_kind::rider;
}

router::router(const endpoints& rows) {
  std::map<std::string, rate_rule> rules;
  for (const auto& row : rows) {
    CHECK(row.handle);
    CHECK(row.verb != http_method::head && row.verb != http_method::options &&
          row.verb != http_method::other);
    CHECK(row.wants.has_value() == (row.who == access::admin_access));
    CHECK(!row.is_sensitive || row.wants.has_value());
    for (const auto& rule : row.rates) {
      CHECK(rule.burst > 0 && rule.per.count() > 0);
      const auto& first = rules.try_emplace(rule.name, rule).first->second;
      CHECK(first.burst == rule.burst && first.per == rule.per && first.by == rule.by);
    }
    add(row, row.path);
    for (const auto& alias : row.aliases)
      add(row, alias);
  }
}

void router::add(const endpoint& row, const std::string& path) {
  CHECK(path.starts_with('/') && (path.size() == 1 || !path.ends_with('/')) && !path.starts_with(api_v1));
  std::vector<std::string> names;
  node* at = &root_;
  for (std::string_view rest = path; !rest.empty() && rest != "/";) {
    const auto [segment, after] = first_segment(rest);
    CHECK(!segment.empty());
    rest = after;
    CHECK(!is_rest(segment) || rest.empty());
    auto& next = is_rest(segment)        ? at->rest
                 : is_parameter(segment) ? at->parameter
                                         : at->fixed[std::string{segment}];
    if (is_parameter(segment))
      names.emplace_back(segment.substr(1, segment.size() - (is_rest(segment) ? 5 : 2)));
    if (!next) next = std::make_unique<node>();
    at = next.get();
  }
  const bool is_duplicate =
      std::ranges::any_of(at->rows, [&](const auto& known) { return known.first->verb == row.verb; });
  CHECK(!is_duplicate);
  at->rows.emplace_back(&row, std::move(names));
}

const router::node* router::walk(const node& from, std::string_view rest,
                                 std::vector<std::string_view>& texts) const {
  if (rest.empty() || rest == "/") return from.rows.empty() ? nullptr : &from;
  const auto [segment, after] = first_segment(rest);
  if (segment.empty()) return nullptr;
  if (const auto known = from.fixed.find(segment); known != from.fixed.end()) {
    if (const auto* found = walk(*known->second, after, texts)) return found;
  }
  if (from.parameter) {
    texts.push_back(segment);
    if (const auto* found = walk(*from.parameter, after, texts)) return found;
    texts.pop_back();
  }
  if (!from.rest) return nullptr;
  texts.push_back(rest.substr(1));
  return from.rest.get();
}

const router::node* router::locate(std::string_view path, std::vector<std::string_view>& texts) const {
  if (!path.starts_with('/')) return nullptr;
  if (path.starts_with(api_v1)) {
    // "/api/v1/x" becomes "/api" and "/x" without building a new text.
    const auto known = root_.fixed.find(api.substr(1, api.size() - 2));
    return known == root_.fixed.end() ? nullptr : walk(*known->second, path.substr(api_v1.size() - 1), texts);
  }
  return walk(root_, path, texts);
}

void router::find(http_method verb, std::string_view path, match& into) const {
  std::vector<std::string_view> texts;
  into.row = nullptr;
  into.is_path_known = false;
  into.parameters.clear();
  const auto* found = locate(path, texts);
  if (found == nullptr) return;
  into.is_path_known = true;
  const auto wanted = verb == http_method::head ? http_method::get : verb;
  for (const auto& [row, names] : found->rows) {
    if (row->verb != wanted) continue;
    into.row = row;
    for (std::size_t at = 0; at < names.size(); ++at)
      into.parameters.emplace_back(names[at], texts[at]);
    return;
  }
}

std::string router::allowed(std::string_view path) const {
  std::vector<std::string_view> texts;
  const auto* found = locate(path, texts);
  if (found == nullptr) return {};
  std::string verbs;
  for (const auto& [row, names] : found->rows) {
    verbs += to_text(row->verb);
    verbs += row->verb == http_method::get ? ", HEAD, " : ", ";
  }
  return verbs + "OPTIONS";
}

}  // namespace chautari
