#pragma once
/// A virtual cabinet: a body with slots, a line to the broker, and the maker's protocol. Every fault it
/// commits is one that real cabinets have been seen to commit.

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "bench/city/cabinet_phone.hpp"
#include "bench/city/mqtt_session.hpp"
#include "bench/city/world.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"

namespace city {

class cabinet {
public:
  cabinet(world& around, cabinet_body body, std::uint64_t number);

  void begin();
  /// Somebody pushes a bank into an empty slot. False if there is none.
  bool push_in(bank what);
  /// Says where everything is, without being asked.
  void report_everything();
  /// No more faults; the line is mended.
  void come_to_rest();

  cabinet_body body;
  /// Somebody stands there and waits for a bank.
  [[nodiscard]] bool has_people() const;
  [[nodiscard]] bool is_online() const { return line_.is_connected(); }

private:
  /// What the motor is to do, and in which words the cabinet speaks of it.
  struct ejection {
    chautari::bank_sn wanted;
    int slot = 0;  ///< Opened by number; 0: by the bank's serial number.
  };
  using words = boost::json::object;

  /// Where a slot is, in the cabinet's own words.
  struct place {
    std::uint8_t board = 0;
    std::uint8_t slot = 0;  ///< As its port counts.
    int io = 0;
  };
  [[nodiscard]] place place_of(int slot) const;
  /// Asks for a login until it gets one, then mends the line.
  void fetch_login();
  task<void> log_in();
  void open_line();
  void call(task<void> what);
  /// Every 20 minutes, and a minute after power-on.
  void upload();
  void forge_claim();
  void heard(const std::string& payload);
  /// False: not one of the words of this board.
  bool obey(std::string_view name, const words& command);
  void eject(const ejection& what);
  void eject_now(const ejection& what);
  void say_ejected(const ejection& what, chautari::bank_sn serial, std::uint8_t state,
                   std::chrono::milliseconds after = {});
  void let_go(int slot, const ejection& what, bool says_so);
  void scan();
  void join(const std::string& network);
  void restart(std::chrono::milliseconds dark);
  void bring_back_forgotten(bank what);
  void say_returned(int slot);
  void say(std::vector<std::uint8_t> frame, std::chrono::milliseconds after = {});
  void later(std::chrono::milliseconds delay, std::function<void()> what);
  void beat();
  void mishap();
  void cut_for(std::chrono::milliseconds duration);
  [[nodiscard]] chautari::cabinet_snapshot snapshot() const;
  [[nodiscard]] bool goes_wrong(int per_mille);

  world& around_;
  dice dice_;
  mqtt_session line_;
  cabinet_phone phone_;
  std::string update_topic_;
  std::string upload_topic_;
  std::string heart_topic_;
  std::uint64_t boot_ = 0;  ///< Rises with each reboot: what the last life had in its hands is forgotten.
  bool is_logging_in_ = false;
  bool is_busy_ = false;        ///< An ejection is running: another one is answered with FE.
  std::string network_ = "4g";  ///< Or the name of a Wi-Fi network.
};

}  // namespace city
