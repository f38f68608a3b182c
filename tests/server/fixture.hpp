#pragma once
/// The real server on real loopback sockets with a small table of endpoints, a small actor and a clock wound
/// by hand.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <caf/all.hpp>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/server/desk.hpp"
#include "http/server/door.hpp"
#include "http/server/field_reader.hpp"
#include "http/websocket/topic_hub.hpp"

namespace chautari::testing {

/// Asks the ORACLE understands.
using double_it = std::int32_t;  ///< Negative: an error.
struct keep_waiting {
  std::int32_t number = 0;
};
struct answer_waiting {};
struct announce_to {
  caf::actor desk;
  std::string words;
};
struct doubled {
  std::int32_t number = 0;
};

using oracle_actor =
    caf::typed_actor<caf::replies_to<double_it>::with<doubled>, caf::replies_to<keep_waiting>::with<doubled>,
                     caf::reacts_to<answer_waiting>, caf::reacts_to<announce_to>>;

}  // namespace chautari::testing

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::testing::keep_waiting);
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::testing::answer_waiting);
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::testing::announce_to);
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::testing::doubled);

namespace chautari::testing {

struct oracle_state {
  std::vector<caf::typed_response_promise<doubled>> waiting;
};

inline oracle_actor::behavior_type oracle(oracle_actor::stateful_pointer<oracle_state> self,
                                          std::shared_ptr<std::atomic<int>> asked_to_wait) {
  return {[](double_it number) -> caf::result<doubled> {
            if (number < 0) return caf::make_error(caf::sec::invalid_argument);
            return doubled{number * 2};
          },
          [self, asked_to_wait](const keep_waiting&) {
            self->state.waiting.push_back(self->make_response_promise<doubled>());
            ++*asked_to_wait;
            asked_to_wait->notify_all();
            return self->state.waiting.back();
          },
          [self](const answer_waiting&) {
            for (auto& promise : self->state.waiting)
              promise.deliver(doubled{99});
            self->state.waiting.clear();
          },
          [](const announce_to& order) { caf::anon_send(order.desk, order.words); }};
}

struct answered {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;

  [[nodiscard]] std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
  [[nodiscard]] boost::json::object json() const { return boost::json::parse(body).as_object(); }
  [[nodiscard]] std::string error_code() const { return json().at("error").at("code").as_string().c_str(); }
};

/// A client that says exactly what it is told to say.
class raw_client {
public:
  explicit raw_client(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};  // Ends a broken test; no healthy one comes near.
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  }
  ~raw_client() { leave(); }
  raw_client(const raw_client&) = delete;
  raw_client& operator=(const raw_client&) = delete;

  void leave() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  void say(std::string_view text) {
    while (!text.empty()) {
      const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // The server has heard enough; its answer tells the rest.
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// Says no more, and still listens.
  void finish_saying() { ::shutdown(socket_, SHUT_WR); }

  /// So many bytes, fewer if the server closes; for what is no HTTP any more.
  std::string hear_bytes(std::size_t count) {
    while (read_.size() < count && more()) {
    }
    auto heard = read_.substr(0, count);
    read_.erase(0, heard.size());
    return heard;
  }

  /// One whole answer. Status 0: the server closed instead.
  answered hear(bool has_body = true) {
    answered out;
    std::size_t end = 0;
    while ((end = read_.find("\r\n\r\n")) == std::string::npos) {
      if (!more()) return out;
    }
    auto head = read_.substr(0, end + 2);
    read_.erase(0, end + 4);
    out.status = std::stoi(head.substr(9, 3));
    for (auto line = head.find("\r\n") + 2; line < head.size();) {
      const auto stop = head.find("\r\n", line);
      const auto colon = head.find(": ", line);
      auto name = head.substr(line, colon - line);
      std::ranges::transform(name, name.begin(),
                             [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      out.headers[name] = head.substr(colon + 2, stop - colon - 2);
      line = stop + 2;
    }
    const auto length = has_body ? std::stoul("0" + out.header("content-length")) : 0;
    while (read_.size() < length && more()) {
    }
    out.body = read_.substr(0, length);
    read_.erase(0, length);
    return out;
  }

  answered ask(std::string_view text) {
    say(text);
    return hear();
  }
  answered get(std::string_view target, std::string_view headers = "") {
    return ask("GET " + std::string{target} + " HTTP/1.1\r\nHost: t\r\n" + std::string{headers} + "\r\n");
  }
  answered post(std::string_view target, std::string_view body, std::string_view headers = "") {
    return ask("POST " + std::string{target} + " HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n" +
               std::string{headers} + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
               std::string{body});
  }

  /// True if the server ends the connection without another byte.
  bool hears_the_end() {
    if (!read_.empty()) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) == 0;
  }
  bool has_something_to_hear(int within_ms) {
    pollfd watched{socket_, POLLIN, 0};
    return !read_.empty() || ::poll(&watched, 1, within_ms) == 1;
  }

private:
  bool more() {
    char bytes[16 * 1024];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    read_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  std::string read_;
};

class counting_probe : public server_probe {
public:
  std::atomic<int> requests{0}, refused{0}, failures{0}, samples{0};
  std::atomic<bool> is_overloaded{false};
  std::atomic<std::size_t> connections{0}, websockets{0}, slots_in_use{0}, topics{0};
  void request_finished(const finished_request& request) override {
    ++requests;
    const std::lock_guard guard{lock};
    seen.emplace_back(std::string{request.route}, request.status);
    if (!request.shed_as.empty()) shed.emplace_back(request.shed_as);
    request_ids.emplace_back(request.request_id);
  }
  void connection_refused() override { ++refused; }
  void overload_changed(const lane_sample&, bool is_on) override { is_overloaded = is_on; }
  void handler_failed(std::string_view route, std::string_view what, std::string_view request_id) override {
    ++failures;
    const std::lock_guard guard{lock};
    failed.push_back(std::string{route} + ": " + std::string{what} + ": " + std::string{request_id});
  }
  void sampled(const lane_sample& sample) override {
    connections = sample.connections;
    websockets = sample.websockets;
    slots_in_use = sample.slots_in_use;
    topics = sample.topics;
    ++samples;
    samples.notify_all();
  }

  std::mutex lock;
  std::vector<std::pair<std::string, int>> seen;
  std::vector<std::string> request_ids;  ///< Of `seen`.
  std::vector<std::string> shed;         ///< What was refused for overload, by kind of work.
  std::vector<std::string> failed;       ///< "route: what: request id"
};

inline user_id user_number(std::uint8_t number) {
  user_id made;
  made.value.data[15] = number;
  return made;
}
inline session_id session_number(std::uint8_t number) {
  session_id made;
  made.value.data[15] = number;
  return made;
}

class server_test : public ::testing::Test {
protected:
  static constexpr std::int64_t dawn_ms = 1'800'000'000'000;

  server_test() {
    options.address = "127.0.0.1";
    options.port = 0;
    options.tick = milliseconds{5};
    options.now = [this] { return from_ms(wall_ms.load()); };
    options.ticks = [this] { return monotonic{milliseconds{wall_ms.load()}}; };
    options.probe = probe;
    options.websockets = {{.path = "/ws"},
                          {.path = "/ws/admin", .role = caller_role::admin, .sockets_per_caller_max = 2}};
    options.allowed_origins = {"https://app.example"};
    options.authenticate = [this](std::string_view token) { return judge(token); };
    options.standing = [](const caller&, std::string_view) -> standing_result { return operator_standing{}; };
    cold.set("scheduler.policy", caf::atom("sharing"));
    cold.set("scheduler.max-threads", std::size_t{1});
    system = std::make_unique<caf::actor_system>(cold);
    seer = system->spawn(oracle, asked_to_wait);
  }

  ~server_test() override {
    entrance.reset();
    caf::anon_send_exit(seer, caf::exit_reason::user_shutdown);
  }

  /// "user-<n>" is user and session n, "admin-<n>" an administrator.
  auth_result judge(std::string_view token) {
    ++judged;
    const auto dash = token.find('-');
    if (token == "banned") return auth_failure{403, "account_banned"};
    if (dash == std::string_view::npos) return auth_failure{401, "unauthenticated"};
    const auto number = static_cast<std::uint8_t>(std::stoi(std::string{token.substr(dash + 1)}));
    caller who{user_number(number), session_number(number)};
    if (token.starts_with("admin")) {
      who.role = caller_role::admin;
      who.as_operator = operator_id{std::exchange(who.user, {}).value};
    }
    who.expires_at = from_ms(dawn_ms) + minutes{15};
    return who;
  }

  void open() {
    entrance = std::make_unique<door>(*system, options, rows, [this](lane_parts& parts) {
      if (set_up) set_up(parts);
    });
    std::string why;
    ASSERT_TRUE(entrance->start(why)) << why;
    port = entrance->port();
  }

  void wind(milliseconds by) { wall_ms += by.count(); }

  /// Winds the clock until the server says something, however late it looks at its own clock.
  bool wind_until_heard(raw_client& client, milliseconds step) {
    for (int round = 0; round < 200; ++round) {
      wind(step);
      if (client.has_something_to_hear(25)) return true;
    }
    return false;
  }

  /// Winds the clock, a whole tick of the server each time, until something is so.
  template <class Is>
  bool wind_until(Is is_so, milliseconds step) {
    for (int round = 0; round < 200; ++round) {
      const int before = probe->samples;
      wind(step);
      probe->samples.wait(before);
      if (is_so()) return true;
    }
    return false;
  }

  void add(http_method verb, std::string path, std::function<void(exchange&)> handle,
           access who = access::public_access) {
    endpoint row{
        .verb = verb, .path = std::move(path), .who = who, .summary = "a test", .handle = std::move(handle)};
    if (who == access::admin_access) row.wants = {permission::self, need::read};
    rows.push_back(std::move(row));
  }

  std::atomic<std::int64_t> wall_ms{dawn_ms};
  std::shared_ptr<counting_probe> probe = std::make_shared<counting_probe>();
  std::shared_ptr<std::atomic<int>> asked_to_wait = std::make_shared<std::atomic<int>>(0);
  std::atomic<int> judged{0};
  caf::actor_system_config cold;
  std::unique_ptr<caf::actor_system> system;
  oracle_actor seer;
  door_options options;
  endpoints rows;
  std::function<void(lane_parts&)> set_up;
  std::unique_ptr<door> entrance;
  std::uint16_t port = 0;
};

}  // namespace chautari::testing
