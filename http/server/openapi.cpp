#include "http/server/openapi.hpp"

#include <boost/json.hpp>

namespace chautari {

namespace {

namespace json = boost::json;

std::string lower_verb(http_method verb) {
  std::string text{to_text(verb)};
  for (char& c : text)
    c = static_cast<char>(c + ('a' - 'A'));
  return text;
}

json::object string_parameter(std::string_view name, std::string_view place, bool required) {
  return {{"name", name}, {"in", place}, {"required", required}, {"schema", {{"type", "string"}}}};
}

json::array parameters_of(const endpoint& row) {
  json::array listed;
  const std::string_view path = row.path;
  for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
    listed.push_back(string_parameter(path.substr(open + 1, path.find('}', open) - open - 1), "path", true));
  }
  for (const auto& field : row.query) {
    auto made = string_parameter(field.name, "query", field.required);
    if (!field.summary.empty()) made["description"] = field.summary;
    listed.push_back(std::move(made));
  }
  if (row.wants_idempotency_key) listed.push_back(string_parameter("Idempotency-Key", "header", true));
  return listed;
}

json::object reference(std::string_view to) { return {{"$ref", std::string{"#/components/"}.append(to)}}; }

json::object operation_of(const endpoint& row) {
  const std::string_view after_api = std::string_view{row.path}.starts_with("/api/")
                                         ? std::string_view{row.path}.substr(5)
                                         : std::string_view{row.path}.substr(1);
  json::object operation{
      {"summary", row.summary},
      {"tags", json::array{after_api.substr(0, after_api.find('/'))}},
      {"responses", {{"default", reference("responses/failure")}, {"200", reference("responses/success")}}}};
  if (auto parameters = parameters_of(row); !parameters.empty())
    operation["parameters"] = std::move(parameters);
  if (row.who != access::public_access) operation["security"] = json::array{{{"bearer", json::array{}}}};
  if (row.wants) {
    operation["x-permission"] = {{"key", to_text(row.wants->what)},
                                 {"need", row.wants->level == need::read ? "read" : "write"},
                                 {"reauthentication", row.is_sensitive}};
  }
  if (row.body == body_kind::json || row.body == body_kind::json_optional) {
    operation["requestBody"] = {{"required", row.body == body_kind::json},
                                {"content", {{"application/json", {{"schema", {{"type", "object"}}}}}}}};
  }
  return operation;
}

json::object envelope(std::string_view description, json::object properties) {
  return {
      {"description", description},
      {"content",
       {{"application/json", {{"schema", {{"type", "object"}, {"properties", std::move(properties)}}}}}}}};
}

json::object components() {
  const json::object text{{"type", "string"}};
  return {
      {"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}},
      {"responses",
       {{"success", envelope("The outcome",
                             {{"success", {{"const", true}}}, {"message", text}, {"data", json::object{}}})},
        {"failure", envelope("Why not", {{"success", {{"const", false}}},
                                         {"error",
                                          {{"type", "object"},
                                           {"required", {"code", "message", "timestamp"}},
                                           {"properties",
                                            {{"code", text},
                                             {"message", text},
                                             {"timestamp", text},
                                             {"details", {{"type", "array"}}},
                                             {"context", {{"type", "object"}}}}}}},
                                         {"request_id", text}})}}}};
}

}  // namespace

std::string describe_api(const endpoints& rows, std::string_view title) {
  json::object paths;
  for (const auto& row : rows) {
    if (!row.path.starts_with("/api/")) continue;  // A page, not a part of the API.
    auto& path = paths[row.path];
    if (!path.is_object()) path = json::object{};
    path.get_object()[lower_verb(row.verb)] = operation_of(row);
  }
  return json::serialize(json::object{{"openapi", "3.1.0"},
                                      {"info", {{"title", title}, {"version", "1"}}},
                                      {"paths", std::move(paths)},
                                      {"components", components()}});
}

}  // namespace chautari
