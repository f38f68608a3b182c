#pragma once
/// A virtual cabinet: a body with slots, a line to the broker, and the maker's protocol. Every fault it
/// commits is one that real cabinets have been seen to commit.

#include <memory>
#include <string>

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
  [[nodiscard]] bool is_online() const { return line_.is_connected(); }

private:
  void heard(const std::string& payload);
  void eject(chautari::bank_sn wanted);
  void eject_now(chautari::bank_sn wanted);
  void refuse(chautari::bank_sn wanted, std::uint8_t state);
  void let_go(int slot, bool says_so);
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
  std::string update_topic_;
  std::string upload_topic_;
  std::string heart_topic_;
  std::uint64_t boot_ = 0;  ///< Rises with each reboot: what the last life had in its hands is forgotten.
  bool is_busy_ = false;    ///< An ejection is running: another one is answered with FE.
};

}  // namespace city
