#pragma once
/// A city from one seed: cabinets that speak real frames and misbehave, banks that are in one place at a
/// time, people who carry them about. Knows nothing of the server but its frames and its publishes.

#include <boost/json.hpp>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/kiosks/messages.hpp"

namespace chautari::testing {

struct city_bank {
  bank_sn serial;
  int battery = 90;
  int cabinet = -1;  ///< -1: in somebody's hand.
  int slot = 0;
  int ejections = 0;
};

struct city_cabinet {
  station_id station;
  station_sn serial;
  imei id;
  bool is_offline = false;
};

/// What happened to a bank in the world; the auditor compares the books with it.
struct physical_ejection {
  bank_sn bank;
  timestamp at;
};

class city_model {
public:
  static constexpr int slots_per_cabinet = 4;
  using tell_server = std::function<void(const cabinet_frame&)>;
  using tell_session = std::function<void(const broker_session&)>;

  city_model(std::uint64_t seed, clock_source clock) : now{std::move(clock)}, dice{seed ^ 0xC17EULL} {}

  clock_source now;
  std::mt19937_64 dice;
  std::vector<city_cabinet> cabinets;
  std::vector<city_bank> banks;
  std::vector<physical_ejection> ejections;
  bool misbehaves = true;
  tell_server to_server;
  tell_session to_session;
  std::function<void(const std::string&)> note;  ///< What happens in the world, in words.

  // -- chance and time
  int roll(int below) { return static_cast<int>(dice() % static_cast<std::uint64_t>(below)); }
  bool chance(int percent) { return misbehaves && roll(100) < percent; }
  milliseconds between(seconds from, seconds until) {
    return milliseconds{from} + milliseconds{roll(static_cast<int>(milliseconds{until - from}.count()) + 1)};
  }
  void later(milliseconds delay, std::function<void()> what) {
    agenda_.emplace(now() + delay, std::move(what));
  }
  void do_what_is_due() {
    while (!agenda_.empty() && agenda_.begin()->first <= now()) {
      const auto what = std::move(agenda_.begin()->second);
      agenda_.erase(agenda_.begin());
      what();
    }
  }

  // -- cabinets
  void begin() {
    for (std::size_t at = 0; at < cabinets.size(); ++at) {
      const int cabinet = static_cast<int>(at);
      later(milliseconds{roll(3000)}, [this, cabinet] { connect(cabinet); });
      later(between(seconds{5}, seconds{60}), [this, cabinet] { beat(cabinet); });
      later(between(seconds{20}, seconds{120}), [this, cabinet] { stumble(cabinet); });
    }
  }

  /// What the broker hands on. Lost if the cabinet is not there.
  void hear(const publish_command& command) {
    for (std::size_t at = 0; at < cabinets.size(); ++at) {
      if (cabinets[at].id != command.cabinet || cabinets[at].is_offline) continue;
      const int cabinet = static_cast<int>(at);
      const auto body = boost::json::parse(command.json).as_object();
      const std::string word{body.at("cmd").as_string()};
      if (word == "popup_sn") {
        const auto serial = static_cast<std::uint32_t>(std::stoul(std::string{body.at("data").as_string()}));
        later(between(seconds{0}, seconds{2}), [this, cabinet, serial] { obey(cabinet, {serial}, 0); });
      } else if (word == "popup") {
        const int slot = std::stoi(std::string{body.at("data").as_string()});
        later(between(seconds{0}, seconds{2}), [this, cabinet, slot] { open(cabinet, slot); });
      } else if (word == "reboot") {
        if (!chance(10)) later(between(seconds{1}, seconds{5}), [this, cabinet] { restart(cabinet); });
      } else if (word == "getWifi") {
        if (!chance(20))
          later(between(seconds{1}, seconds{20}), [=, this] { send(cabinet, wifi_list{{"guest"}}); });
      } else if (word == "check" || word == "check_all") {
        if (!chance(5)) later(between(seconds{0}, seconds{2}), [this, cabinet] { show(cabinet); });
      }
    }
  }

  city_bank* find(bank_sn serial, int cabinet) {
    for (auto& bank : banks) {
      if (bank.serial == serial && bank.cabinet == cabinet) return &bank;
    }
    return nullptr;
  }
  city_bank* in_slot(int cabinet, int slot) {
    for (auto& bank : banks) {
      if (bank.cabinet == cabinet && bank.slot == slot) return &bank;
    }
    return nullptr;
  }
  [[nodiscard]] bool all_banks_are_home() const {
    for (const auto& bank : banks) {
      if (bank.cabinet < 0) return false;
    }
    return true;
  }

private:
  void send(int cabinet, const cabinet_message& message, cabinet_channel channel = cabinet_channel::update) {
    if (const auto* said = std::get_if<bank_ejection_reply>(&message))
      note("reply: " + said->sn.text() + " code " + std::to_string(said->state));
    const auto& from = cabinets[static_cast<std::size_t>(cabinet)];
    if (!from.is_offline) to_server({from.id, channel, encode(message), now()});
  }
  void connect(int cabinet) {
    auto& one = cabinets[static_cast<std::size_t>(cabinet)];
    one.is_offline = false;
    note("online: " + std::to_string(cabinet));
    to_session({one.id, true, now()});
    send(cabinet, heartbeat{}, cabinet_channel::heart);
  }
  void beat(int cabinet) {
    send(cabinet, heartbeat{}, cabinet_channel::heart);
    show(cabinet);
    later(between(seconds{50}, seconds{120}), [this, cabinet] { beat(cabinet); });
  }
  /// Now and then a cabinet loses its network, or its power.
  void stumble(int cabinet) {
    later(between(seconds{60}, seconds{240}), [this, cabinet] { stumble(cabinet); });
    auto& one = cabinets[static_cast<std::size_t>(cabinet)];
    if (!chance(25) || one.is_offline) return;
    one.is_offline = true;
    note("offline: " + std::to_string(cabinet));
    if (!chance(40)) to_session({one.id, false, now()});
    later(between(seconds{5}, seconds{150}), [this, cabinet] { connect(cabinet); });
  }

  void show(int cabinet) {
    cabinet_snapshot shown;
    board_record board;
    board.index = 1;
    for (int slot = 1; slot <= slots_per_cabinet; ++slot) {
      slot_record record;
      record.slot = static_cast<std::uint8_t>(slot);
      record.sensors = 0x80;
      if (const auto* bank = in_slot(cabinet, slot)) {
        record.state = 1;
        record.sn = bank->serial;
        record.charge_percent = static_cast<std::uint8_t>(bank->battery);
        record.temperature_c = 25;
        record.sensors = 0;
      }
      board.slots.push_back(record);
    }
    shown.boards.push_back(board);
    send(cabinet, shown);
  }

  /// `slot` 0: the answer to an ejection by serial number.
  void reply(int cabinet, bank_sn bank, std::uint8_t state, int slot) {
    if (slot == 0) return send(cabinet, bank_ejection_reply{1, bank, state, 2});
    send(cabinet, slot_ejection_reply{1, static_cast<std::uint8_t>(slot), state, 2});
  }

  void open(int cabinet, int slot) {
    if (const auto* bank = in_slot(cabinet, slot)) return obey(cabinet, bank->serial, slot);
    if (!chance(10)) reply(cabinet, {}, 0x01, slot);
  }

  void restart(int cabinet) {
    auto& one = cabinets[static_cast<std::size_t>(cabinet)];
    if (one.is_offline) return;
    one.is_offline = true;
    note("restarts: " + std::to_string(cabinet));
    if (!chance(20)) to_session({one.id, false, now()});
    later(between(seconds{5}, seconds{120}), [this, cabinet] { connect(cabinet); });
  }

  /// popup_sn and popup, with everything that was ever seen to go wrong.
  void obey(int cabinet, bank_sn wanted, int slot) {
    city_bank* bank = find(wanted, cabinet);
    if (bank == nullptr) return reply(cabinet, wanted, 0xFC, slot);
    const int fault = misbehaves ? roll(100) : 99;
    if (fault < 4) return;                                      // Deaf.
    if (fault < 8) return reply(cabinet, wanted, 0x23, slot);   // Jammed.
    if (fault < 12) return reply(cabinet, wanted, 0xFC, slot);  // Refuses for no reason.
    if (fault < 18 && slot == 0) {                              // Another one comes out.
      for (auto& other : banks) {
        if (other.cabinet == cabinet) bank = &other;
      }
    }
    const bank_sn out = bank->serial;
    let_out(*bank);
    if (fault < 24) return;                                  // Out, but the reply is lost.
    if (fault < 28) return reply(cabinet, out, 0x04, slot);  // Out, and reported as jammed.
    const milliseconds delay =
        fault < 34 ? between(seconds{16}, seconds{110}) : between(seconds{1}, seconds{4});
    later(delay, [=, this] { reply(cabinet, out, 0x01, slot); });
    if (fault < 40)
      later(delay + between(seconds{0}, seconds{8}), [=, this] { reply(cabinet, out, 0x01, slot); });
  }

  void let_out(city_bank& bank) {
    bank.cabinet = -1;
    bank.slot = 0;
    ++bank.ejections;
    bank.battery = 25 + roll(70);
    ejections.push_back({bank.serial, now()});
    note("out: " + bank.serial.text());
    later(misbehaves ? between(seconds{20}, seconds{900}) : between(seconds{15}, seconds{60}),
          [this, serial = bank.serial] { bring_back(serial); });
  }

public:
  void bring_back(bank_sn serial) {
    city_bank* bank = find(serial, -1);
    if (bank == nullptr) return;
    const int cabinet = roll(static_cast<int>(cabinets.size()));
    for (int slot = 1; slot <= slots_per_cabinet; ++slot) {
      if (in_slot(cabinet, slot) != nullptr) continue;
      bank->cabinet = cabinet;
      bank->slot = slot;
      note("in: " + serial.text() + " cabinet " + std::to_string(cabinet) + " slot " + std::to_string(slot));
      return report_return(cabinet, slot, *bank);
    }
    later(seconds{20}, [this, serial] { bring_back(serial); });  // Full: try another one.
  }

private:
  void report_return(int cabinet, int slot, const city_bank& bank) {
    return_report report;
    report.board = 1;
    report.slot = static_cast<std::uint8_t>(slot);
    report.sn = bank.serial;
    report.state = chance(6) ? 0x14 : 0x01;  // 14: wait for the self-test.
    report.bank = return_report::bank_condition{1, static_cast<std::uint8_t>(bank.battery)};
    if (!chance(12)) later(between(seconds{0}, seconds{1}), [=, this] { send(cabinet, report); });
    if (chance(10)) later(between(seconds{1}, seconds{8}), [=, this] { send(cabinet, report); });
    if (!chance(30)) return;
    return_self_test test;
    test.board = 1;
    test.record.slot = report.slot;
    test.record.state = 1;
    test.record.sn = bank.serial;
    test.record.charge_percent = static_cast<std::uint8_t>(bank.battery);
    later(seconds{3}, [=, this] { send(cabinet, test); });
  }

  std::multimap<timestamp, std::function<void()>> agenda_;
};

}  // namespace chautari::testing
