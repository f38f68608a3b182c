#include "http/websocket/frames.hpp"

#include <boost/json.hpp>

#include "http/server/response.hpp"
#include "http/server/text.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

namespace json = boost::json;

constexpr std::size_t topic_bytes_max = 320;  // "station:" and a serial number of 255.
constexpr std::size_t id_bytes_max = 64;

std::optional<std::string> text_in(const json::object& frame, std::string_view name, std::size_t longest) {
  const auto* value = frame.if_contains(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  if (text == nullptr || text->empty() || text->size() > longest) return {};
  std::string out{text->data(), text->size()};
  // A line break separates topic and user inside the hub.
  if (!is_clean_text(out) || out.find('\n') != std::string::npos) return {};
  return out;
}

bool read_id(const json::object& frame, client_frame& into) {
  const auto* id = frame.if_contains("id");
  if (id == nullptr || id->is_null()) return true;
  if (!id->is_int64() && !id->is_uint64() && !id->is_string()) return false;
  into.id_json = json::serialize(*id);
  return into.id_json.size() <= id_bytes_max;
}

bool read_topics(const json::object& frame, client_frame& into) {
  const auto* topics = frame.if_contains("topics");
  const auto* listed = topics == nullptr ? nullptr : topics->if_array();
  if (listed == nullptr || listed->empty() || listed->size() > limits::topics_per_socket_max) return false;
  for (const auto& each : *listed) {
    auto topic = text_in(json::object{{"topic", each}}, "topic", topic_bytes_max);
    if (!topic) return false;
    into.topics.push_back(std::move(*topic));
  }
  return true;
}

bool read_resume(const json::object& frame, client_frame& into) {
  auto topic = text_in(frame, "topic", topic_bytes_max);
  const auto* revision = frame.if_contains("revision");
  if (!topic || revision == nullptr || !revision->is_int64() || revision->get_int64() < 0) return false;
  into.topics.push_back(std::move(*topic));
  into.revision = static_cast<std::uint64_t>(revision->get_int64());
  return true;
}

}  // namespace

std::optional<client_frame> parse_client_frame(std::string_view text) {
  boost::json::error_code malformed;
  json::parse_options strict;
  strict.max_depth = limits::json_depth_max;
  auto parsed = json::parse(json::string_view{text.data(), text.size()}, malformed, {}, strict);
  if (malformed || !parsed.is_object()) return {};
  auto& frame = parsed.get_object();
  const auto type = text_in(frame, "type", 16);
  client_frame made;
  if (type == "auth") {
    auto token = text_in(frame, "token", 4096);
    if (!token) return {};
    made.token = std::move(*token);
    return made;
  }
  if (type == "resume") {
    made.verb = client_verb::resume;
    if (!read_resume(frame, made)) return {};
    made.extras = std::move(frame);
    return made;
  }
  if (type != "subscribe" && type != "unsubscribe") return {};
  made.verb = type == "subscribe" ? client_verb::subscribe : client_verb::unsubscribe;
  if (!read_id(frame, made) || !read_topics(frame, made)) return {};
  if (made.verb == client_verb::subscribe) made.extras = std::move(frame);
  return made;
}

std::string welcome_frame(timestamp server_time, seconds heartbeat) {
  return "{\"type\":\"welcome\",\"server_time\":\"" + to_rfc3339(server_time) +
         "\",\"heartbeat_seconds\":" + std::to_string(heartbeat.count()) + '}';
}

std::string subscribed_frame(std::string_view id_json, const std::vector<std::string>& topics,
                             const std::vector<refused_topic>& refused) {
  std::string out = "{\"type\":\"subscribed\",\"id\":";
  out += id_json;
  out += ",\"topics\":[";
  for (std::size_t at = 0; at < topics.size(); ++at) {
    if (at > 0) out += ',';
    append_json_text(out, topics[at]);
  }
  out += "],\"refused\":[";
  for (std::size_t at = 0; at < refused.size(); ++at) {
    out += at > 0 ? ",{\"topic\":" : "{\"topic\":";
    append_json_text(out, refused[at].topic);
    out += ",\"code\":";
    append_json_text(out, refused[at].code);
    out += '}';
  }
  return out += "]}";
}

std::string snapshot_frame(std::string_view topic, const topic_snapshot& state) {
  std::string out = "{\"type\":\"snapshot\",\"topic\":";
  append_json_text(out, topic);
  out += ",\"revision\":";
  out += std::to_string(state.revision);
  out += ",\"data\":";
  out += state.data_json;
  return out += '}';
}

namespace {

/// Everything of an event's frame before its data.
std::string event_head(std::string_view topic, std::uint64_t revision, std::string_view event, timestamp at,
                       bool is_merged) {
  std::string out = "{\"type\":\"event\",\"topic\":";
  append_json_text(out, topic);
  out += ",\"revision\":";
  out += std::to_string(revision);
  out += ",\"event\":";
  append_json_text(out, event);
  out += ",\"at\":\"";
  out += to_rfc3339(at);
  return out += is_merged ? "\",\"merged\":true,\"data\":" : "\",\"data\":";
}

}  // namespace

std::string event_frame(std::string_view topic, std::uint64_t revision, const personal_state& what,
                        bool is_merged) {
  auto out = event_head(topic, revision, what.event, what.at, is_merged);
  return out.append(what.data_json).append(1, '}');
}

std::string event_frame(std::string_view topic, const topic_event& what, bool is_merged) {
  auto out = event_head(topic, what.revision, what.event, what.at, is_merged);
  if (what.data) {
    out += *what.data;
  } else {
    out += "{\"stations\":[";
    bool is_first = true;
    for (const auto& [key, part] : what.parts) {
      if (!std::exchange(is_first, false)) out += ',';
      out += *part;
    }
    out += "]}";
  }
  return out += '}';
}

std::string error_frame(std::string_view code, std::string_view message, std::string_view topic) {
  std::string out = "{\"type\":\"error\",\"code\":";
  append_json_text(out, code);
  out += ",\"message\":";
  append_json_text(out, message);
  if (!topic.empty()) {
    out += ",\"topic\":";
    append_json_text(out, topic);
  }
  return out += '}';
}

}  // namespace chautari
