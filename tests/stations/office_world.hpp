#pragma once
/// A cabinet's world with an operator in it.

#include <algorithm>
#include <string>

#include "tests/support/cabinet_world.hpp"

namespace chautari::testing {

struct office_world : cabinet_world {
  operator_stamp stamp;

  explicit office_world(std::uint64_t seed, int banks = 3) : cabinet_world{seed, banks} {
    stamp.who = system.ids().make<operator_id>();
    stamp.ip = "203.0.113.7";
    stamp.request_id = "request-1";
    go_online();
  }

  template <class Answer, class Wish>
  std::shared_ptr<asked<Answer>> office(Wish wish) {
    const auto place = system.ask<Answer>(world.station_office, std::move(wish));
    run();
    return place;
  }
  std::shared_ptr<asked<bank_reservation>> reserve(std::optional<bank_sn> wanted = {}) {
    const auto place = system.ask<bank_reservation>(
        stations, reserve_bank{serial, system.ids().make<rental_id>(), wanted, false});
    run();
    return place;
  }
  [[nodiscard]] station_inside inside() {
    return office<station_inside>(look_inside{station})->answer.value_or(station_inside{});
  }
  [[nodiscard]] const bank_image* seated(bank_sn bank) {
    last_inside_ = inside();
    const auto found = std::find_if(last_inside_.banks.begin(), last_inside_.banks.end(),
                                    [&](const auto& one) { return one.serial == bank; });
    return found == last_inside_.banks.end() ? nullptr : &*found;
  }
  [[nodiscard]] const audit_entry* last_audit() const {
    return db->audit_log.empty() ? nullptr : &db->audit_log.back();
  }
  [[nodiscard]] std::size_t audited(std::string_view action) const {
    return static_cast<std::size_t>(std::count_if(db->audit_log.begin(), db->audit_log.end(),
                                                  [&](const auto& entry) { return entry.action == action; }));
  }
  [[nodiscard]] std::size_t told(std::string_view kind) const {
    return static_cast<std::size_t>(std::count_if(log->events.begin(), log->events.end(),
                                                  [&](const auto& one) { return one.kind == kind; }));
  }

private:
  station_inside last_inside_;
};

}  // namespace chautari::testing
