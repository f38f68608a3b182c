#pragma once
/// A technician of the city: opens slots, takes banks out, restarts cabinets, and declares what came home to
/// be fit again. Nobody ever pays for any of it.

#include <memory>
#include <vector>

#include "protocols/kiosks/interface.hpp"
#include "protocols/stations/interface.hpp"
#include "tests/history/city_model.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_store.hpp"

namespace chautari::testing {

class city_operator {
public:
  city_operator(deterministic_system& system, city_model& city, const memory_store& store)
      : system_{system}, city_{city}, store_{store} {
    stamp_.who = system.ids().make<operator_id>();
  }

  /// After each start of the server.
  void meet(kiosks_actor kiosks, stations_office_actor office) {
    kiosks_ = std::move(kiosks);
    office_ = std::move(office);
    asked_.clear();  // A server that died answers nobody.
  }

  /// One thing of many; often the same twice, as people do whose screen is slow.
  void act() {
    operator_command wish;
    wish.id = system_.ids().make<command_id>();
    wish.station = city_.cabinets[static_cast<std::size_t>(city_.roll(2))].station;
    wish.kind = kinds_[static_cast<std::size_t>(city_.roll(static_cast<int>(kinds_.size())))];
    wish.slot = 1 + city_.roll(city_model::slots_per_cabinet);
    if (city_.chance(50))
      wish.bank =
          city_.banks[static_cast<std::size_t>(city_.roll(static_cast<int>(city_.banks.size())))].serial;
    wish.reason = "swollen?";
    wish.by = stamp_;
    for (int n = 0; n <= (city_.chance(20) ? 1 : 0); ++n)
      asked_.push_back(system_.ask<command_answer>(kiosks_, wish));
    declare_fit();
    std::erase_if(asked_, [](const auto& one) { return one->is_answered(); });
  }

  /// Every bank that sits somewhere in MAINTENANCE.
  void declare_fit() {
    for (const auto& [id, bank] : store_.banks) {
      if (bank.status != bank_status::maintenance || bank.station.is_nil()) continue;
      system_.ask<bank_image>(
          office_, set_bank_status{bank.station, bank.serial, bank_status::available, "looked at", stamp_});
    }
  }

private:
  static inline const std::vector<command_kind> kinds_{
      command_kind::popup_sn,  command_kind::popup_sn, command_kind::unlock_slot, command_kind::check,
      command_kind::wifi_scan, command_kind::reboot,   command_kind::lock_slot,   command_kind::unlock_slot};

  deterministic_system& system_;
  city_model& city_;
  const memory_store& store_;
  operator_stamp stamp_;
  kiosks_actor kiosks_;
  stations_office_actor office_;
  std::vector<std::shared_ptr<asked<command_answer>>> asked_;
};

}  // namespace chautari::testing
