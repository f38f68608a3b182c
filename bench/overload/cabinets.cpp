#include "bench/overload/cabinets.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>

#include "protocols/kiosks/cabinet_topic.hpp"

namespace overload {
namespace {

// As persistence/seed/scale_*.sql numbers them.
constexpr std::uint64_t first_imei = 870'000'000'000'000;
constexpr bank first_bank = 1'000'000'000;
constexpr std::size_t board_slots = 4;

constexpr std::uint8_t area_code = 73;
constexpr std::uint8_t state_done = 0x01;
constexpr std::uint8_t state_not_here = 0xFC;
constexpr int at_least_once = 1;
constexpr int looks = 16;

std::uint8_t board_of(std::size_t slot) { return static_cast<std::uint8_t>((slot - 1) / board_slots + 1); }

std::string imei_of(std::size_t number) { return std::to_string(first_imei + number); }

}  // namespace

cabinet::cabinet(boost::asio::io_context& loop, const city::options& broker, fleet& home, std::size_t number,
                 std::size_t slots)
    : home_{home},
      number_{number},
      slots_(slots),
      line_{loop, broker, imei_of(number)},
      update_topic_{chautari::topic_of(chautari::imei{imei_of(number)}, chautari::cabinet_channel::update)},
      heart_topic_{chautari::topic_of(chautari::imei{imei_of(number)}, chautari::cabinet_channel::heart)},
      command_topic_{chautari::command_topic(chautari::imei{imei_of(number)})} {
  for (std::size_t slot = 1; slot <= slots; slot += 2)
    slots_[slot - 1] = static_cast<bank>(first_bank + number * 100 + slot);
}

void cabinet::connect() {
  line_.pause_after_loss = home_.pause;
  line_.begin(
      {command_topic_, heart_topic_},
      [this](const std::string& topic, const std::string& payload) {
        if (topic == command_topic_) heard(payload);
      },
      [this] {
        ++home_.counted.connects;
        ++connects;
        was_checked = false;
        home_.says_all_on_connect ? say(chautari::encode(snapshot())) : say_mark();
      });
}

std::string cabinet::serial() const { return "SCALE-" + std::to_string(number_); }

std::size_t cabinet::banks() const {
  return slots_.size() - static_cast<std::size_t>(std::count(slots_.begin(), slots_.end(), bank{0}));
}

void cabinet::say(const std::vector<std::uint8_t>& frame) {
  line_.publish(update_topic_, frame, at_least_once);
}

void cabinet::say_mark() {
  const auto mark = "MARK:" + std::to_string(number_) + '.' + std::to_string(++marks_);
  const auto frame = chautari::encode(chautari::heartbeat{.signal = 21, .power = 1, .rest = mark});
  if (line_.publish(heart_topic_, frame, at_least_once)) ++home_.counted.marks;
}

void cabinet::heard(const std::string& payload) {
  boost::system::error_code malformed;
  const auto parsed = boost::json::parse(payload, malformed);
  const auto* words = malformed ? nullptr : parsed.if_object();
  const auto* name = words != nullptr ? words->if_contains("cmd") : nullptr;
  if (name == nullptr || !name->is_string()) return;
  if (name->get_string() == "check" || name->get_string() == "check_all") {
    ++home_.counted.checks_answered;
    was_checked = true;
    return say(chautari::encode(snapshot()));
  }
  const auto* wanted = words->if_contains("data");
  if (name->get_string() != "popup_sn" || wanted == nullptr || !wanted->is_string()) return;
  bank serial = 0;
  std::from_chars(wanted->get_string().data(), wanted->get_string().data() + wanted->get_string().size(),
                  serial);
  eject(serial);
}

void cabinet::eject(bank wanted) {
  const auto slot = std::find(slots_.begin(), slots_.end(), wanted);
  const bool is_here = wanted != 0 && slot != slots_.end();
  say(chautari::encode(
      chautari::bank_ejection_reply{.address = 1,
                                    .sn = chautari::bank_sn{wanted},
                                    .state = is_here ? state_done : state_not_here,
                                    .trace = static_cast<std::uint8_t>(is_here ? 0x02 : 0x00)}));
  if (!is_here) return;
  *slot = 0;
  ++home_.counted.ejections;
  home_.ejected(wanted);
}

bool cabinet::push_in(bank what) {
  const auto slot = std::find(slots_.begin(), slots_.end(), bank{0});
  if (slot == slots_.end()) return false;
  *slot = what;
  const auto number = static_cast<std::size_t>(slot - slots_.begin()) + 1;
  ++(is_connected() ? home_.counted.returns : home_.counted.returns_in_the_dark);
  say(chautari::encode(chautari::return_report{.board = board_of(number),
                                               .slot = static_cast<std::uint8_t>(number),
                                               .area = area_code,
                                               .sn = chautari::bank_sn{what},
                                               .state = state_done,
                                               .bank = {{.software = 25, .charge_percent = 90}}}));
  return true;
}

chautari::cabinet_snapshot cabinet::snapshot() const {
  chautari::cabinet_snapshot all;
  for (std::size_t slot = 1; slot <= slots_.size(); ++slot) {
    if (all.boards.empty() || all.boards.back().index != board_of(slot)) {
      all.boards.push_back(
          {.index = board_of(slot), .undefined = 4, .temperature_c = 24, .software = 4, .hardware = 15});
    }
    chautari::slot_record record{
        .slot = static_cast<std::uint8_t>(slot), .temperature_c = 1, .sensors = 0x80};
    if (slots_[slot - 1] != 0) {
      record = {.slot = static_cast<std::uint8_t>(slot),
                .state = state_done,
                .cell_voltage = 0xE3,
                .area = area_code,
                .sn = chautari::bank_sn{slots_[slot - 1]},
                .charge_percent = 90,
                .temperature_c = 24,
                .software = 25,
                .sensors = 0};
    }
    all.boards.back().slots.push_back(record);
  }
  return all;
}

fleet::fleet(boost::asio::io_context& loop, const city::options& broker, std::size_t first,
             std::size_t cabinets, std::size_t slots, std::uint64_t seed)
    : dice{seed} {
  for (std::size_t number = first; number < first + cabinets; ++number)
    cabinets_.push_back(std::make_unique<cabinet>(loop, broker, *this, number, slots));
}

std::size_t fleet::connected() const {
  return static_cast<std::size_t>(
      std::count_if(cabinets_.begin(), cabinets_.end(), [](const auto& one) { return one->is_connected(); }));
}

cabinet* fleet::for_start() {
  for (int look = 0; look < looks; ++look) {
    auto& place = *cabinets_[dice() % cabinets_.size()];
    if (place.is_connected() && place.banks() > place.starts_under_way) return &place;
  }
  return nullptr;
}

bool fleet::bring_back(bank what, bool wants_dark) {
  for (int look = 0; look < looks; ++look) {
    auto& place = *cabinets_[dice() % cabinets_.size()];
    if (place.is_connected() != wants_dark && place.push_in(what)) return true;
  }
  return false;
}

}  // namespace overload
