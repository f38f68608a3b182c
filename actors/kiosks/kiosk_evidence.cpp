/// What the kiosk stores without anybody waiting for it: at once if it can, later if it must.
#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

bool is_evidence(const record_part& part) {
  const auto* report = std::get_if<cabinet_report>(&part);
  return report != nullptr && (report->frame_type == static_cast<int>(a8_command::bank_ejection) ||
                               report->frame_type == static_cast<int>(a8_command::slot_ejection) ||
                               report->frame_type == static_cast<int>(a8_command::return_report) ||
                               report->frame_type == static_cast<int>(a8_command::self_test));
}

void kiosk_state::store_quietly(record_part part, bool must_be_kept) {
  const bool is_kept = must_be_kept || is_evidence(part);
  record entry{world->ids.make<record_id>(), world->now(), {}};
  entry.add(std::move(part));
  if (reports_in_flight >= limits::kiosk_reports_in_flight_max) {
    if (is_kept) keep(std::move(entry));
    return;
  }
  ++reports_in_flight;
  auto failed = [this, kept = is_kept ? entry : record{}](const caf::error& why) {
    --reports_in_flight;
    const bool is_refused = reason_of<journal_refusal>(why) == journal_refusal::conflict;
    if (!kept.parts.empty() && !is_refused) keep(kept);
  };
  self->request(world->journal, caf::infinite, std::move(entry))
      .then([this](const stored&) { --reports_in_flight; }, std::move(failed));
}

bool kiosk_state::keep(record entry) {
  auto& work_list = busy();
  if (work_list.unsaved.size() >= limits::kiosk_unsaved_max) {
    log_event(world->log, log_level::error, "evidence-lost", "A cabinet tells more than can be stored",
              {{"imei", cabinet.value}});
    return false;
  }
  if (work_list.unsaved.empty()) work_list.save_again_at = world->now() + kiosk_back_off(0);
  work_list.unsaved.push_back(std::move(entry));
  arm();
  return true;
}

void kiosk_state::save() {
  if (!business || business->is_saving || business->unsaved.empty()) return;
  if (world->now() < business->save_again_at) return;
  business->is_saving = true;
  const auto done = [this](bool is_stored) {
    const auto entry = std::move(business->unsaved.front());
    business->is_saving = false;
    business->saving_tries = 0;
    business->unsaved.erase(business->unsaved.begin());
    save();
    settled(entry, is_stored);
  };
  auto failed = [this, done](const caf::error& why) {
    if (reason_of<journal_refusal>(why) == journal_refusal::conflict) return done(false);
    business->is_saving = false;
    business->save_again_at = world->now() + kiosk_back_off(++business->saving_tries);
    arm();
  };
  self->request(world->journal, caf::infinite, business->unsaved.front())
      .then([done](const stored&) { done(true); }, failed);
}

void kiosk_state::note(std::string kind, const std::string& data, log_level level) {
  log_event(world->log, level, kind, "A cabinet's story goes on", {{"imei", cabinet.value}, {"data", data}});
  const auto now = world->now();
  store_quietly(cabinet_log_entry{cabinet, now, now, std::move(kind), data}, level == log_level::error);
}

}  // namespace chautari
