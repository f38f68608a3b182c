#pragma once
/// The real lane, connections, rows and topics of the product on real loopback sockets, without a thread of
/// their own: a fuzz target says bytes, turns the loop by hand and hears what comes back. Every actor is
/// nobody, so an ask ends like one whose actor has died. Time stands still until it is wound.

#include <boost/asio/ip/tcp.hpp>
#include <caf/all.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/admin_door.hpp"
#include "http/cabinets/cabinets_door.hpp"
#include "http/compatibility/compatibility_door.hpp"
#include "http/riders_door.hpp"
#include "http/server/lane.hpp"
#include "http/users/users_door.hpp"

namespace chautari::fuzzing {

/// What the lane told about itself since it was last asked.
struct told_request {
  std::string route, method, request_id;
  int status = 0;
};

/// Fails at once when a handler throws or forgets to answer: no bytes may lead there.
class listening_probe final : public server_probe {
public:
  void request_finished(const finished_request& request) override;
  void handler_failed(std::string_view route, std::string_view what, std::string_view request_id) override;
  void websocket_closed(int code) override { close_codes.push_back(code); }

  std::vector<told_request> requests;
  std::vector<int> close_codes;
};

class hostile_door {
public:
  explicit hostile_door(bool has_websockets);
  /// One that outlives everything: CAF is gone before the last static is.
  [[nodiscard]] static hostile_door& kept(bool has_websockets);
  hostile_door(const hostile_door&) = delete;
  hostile_door& operator=(const hostile_door&) = delete;

  /// The tokens that count: a rider's and an operator's who may do everything.
  static constexpr std::string_view rider_token = "rider", operator_token = "operator";
  static constexpr std::string_view bridge_secret = "the bridge's and ours, 32 bytes.";
  /// What every clock here says, 2026-01-01T00:00:00Z.
  static constexpr timestamp noon = from_ms(1'767'225'600'000);

  [[nodiscard]] const endpoints& rows() const { return setup_.rows; }
  [[nodiscard]] const router& routes() const { return *setup_.routes; }
  [[nodiscard]] io_lane& lane() { return *lane_; }
  [[nodiscard]] listening_probe& probe() { return *probe_; }

  /// Everything that is ready, until nothing is.
  void turn();
  /// Deadlines are looked at `by` later.
  void wind(monotonic by);
  /// Nobody is here and nothing is asked: what holds after each visit.
  [[nodiscard]] bool is_empty() const;

private:
  friend class visitor;

  caf::actor_system_config cold_;
  caf::actor_system system_{cold_};
  monotonic ticks_{hours{1}};
  std::shared_ptr<listening_probe> probe_ = std::make_shared<listening_probe>();
  network everybody_;
  std::unique_ptr<riders_door> riders_;
  std::unique_ptr<admin_door> operators_;
  users_door users_;
  cabinets_door cabinets_;
  compatibility_door bridge_;
  door_setup setup_;
  std::unique_ptr<io_lane> lane_;
  std::unique_ptr<lane_parts> parts_;
  std::unique_ptr<tcp_acceptor> acceptor_;
};

/// One client of the door, at both ends of its connection.
class visitor {
public:
  explicit visitor(hostile_door& at);
  /// Leaves by a reset, which keeps no port waiting.
  ~visitor();
  visitor(const visitor&) = delete;
  visitor& operator=(const visitor&) = delete;

  /// Says them a piece at a time, turning the loop after each; what the door does not take is dropped.
  void say(std::string_view bytes, std::size_t piece_bytes);
  /// Ends the client's half and hears the rest: a door that does not end its own then is wound on until its
  /// deadlines do, and fails if they do not.
  void hang_up();
  [[nodiscard]] const std::string& heard() const { return heard_; }

private:
  /// True if the door said or took something, or ended.
  bool listen();

  hostile_door& at_;
  int socket_ = -1;
  bool is_ended_ = false;
  std::string heard_;
};

/// One answer as the client reads it.
struct heard_answer {
  int status = 0;
  bool is_gzip = false;
  std::string head, body, request_id, content_type;
};
/// The whole of what was heard as the answers to `requests`, "100 Continue" left out. Fails if it is anything
/// else: another header than ours, a line within a header, a length that lies, bytes left over.
[[nodiscard]] std::vector<heard_answer> read_answers(std::string_view heard,
                                                     const std::vector<told_request>& requests);

/// A refusal has the envelope of riders and operators, or that of cabinets; fails otherwise.
void check_envelope(const heard_answer& answer, const told_request& request);

}  // namespace chautari::fuzzing
