#include "bench/city/cabinet.hpp"

#include <boost/json/parse.hpp>
#include <charconv>
#include <utility>

#include "protocols/kiosks/cabinet_topic.hpp"

namespace city {
namespace {

using namespace std::chrono_literals;
using chautari::bank_sn;

constexpr std::uint8_t area_code = 73;
constexpr std::size_t board_slots = 4;
constexpr std::int64_t heartbeat_ms = 9 * 60 * 1000;

// States of 0x31 and 0x40.
constexpr std::uint8_t state_done = 0x01;
constexpr std::uint8_t state_failed = 0x00;
constexpr std::uint8_t state_jammed = 0x04;
constexpr std::uint8_t state_ambiguous = 0x12;
constexpr std::uint8_t state_not_here = 0xFC;
constexpr std::uint8_t state_busy = 0xFE;

bank_sn parse_sn(const boost::json::object& command) {
  const auto* data = command.if_contains("data");
  std::uint32_t number = 0;
  if (data != nullptr && data->is_string()) {
    const auto text = data->get_string();
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return bank_sn{number};
}

}  // namespace

cabinet::cabinet(world& around, cabinet_body slots, std::uint64_t number)
    : body(std::move(slots)),
      around_(around),
      dice_(around.setup.seed, number),
      line_(around.loop, around.setup, body.modem.text()),
      update_topic_(chautari::topic_of(body.modem, chautari::cabinet_channel::update)),
      upload_topic_(chautari::topic_of(body.modem, chautari::cabinet_channel::upload)),
      heart_topic_(chautari::topic_of(body.modem, chautari::cabinet_channel::heart)) {}

void cabinet::begin() {
  const auto command_topic = chautari::command_topic(body.modem);
  line_.begin(
      {command_topic, heart_topic_},
      [this, command_topic](const std::string& topic, const std::string& payload) {
        if (topic == command_topic) heard(payload);
      },
      [this] { report_everything(); });
  later(around_.paced(dice_.between(0, heartbeat_ms)), [this] { beat(); });
  later(std::chrono::milliseconds{dice_.between(0, 60'000)}, [this] { mishap(); });
}

bool cabinet::goes_wrong(int per_mille) {
  if (around_.is_over || per_mille == 0 || !dice_.chance(per_mille)) return false;
  ++around_.counted.faults;
  return true;
}

void cabinet::later(std::chrono::milliseconds delay, std::function<void()> what) {
  auto timer = std::make_shared<boost::asio::steady_timer>(around_.loop, delay);
  timer->async_wait(
      [timer, boot = boot_, this, what = std::move(what)](const boost::system::error_code& stopped) {
        if (!stopped && boot == boot_) what();
      });
}

void cabinet::say(std::vector<std::uint8_t> frame, std::chrono::milliseconds after) {
  if (goes_wrong(around_.faults.garbled)) {
    auto broken = frame;
    broken.back() ^= 0x5AU;
    line_.publish(update_topic_, broken, 1);
  }
  if (after.count() == 0) {
    line_.publish(update_topic_, frame, 1);
    return;
  }
  later(after, [this, frame = std::move(frame)] { line_.publish(update_topic_, frame, 1); });
}

void cabinet::heard(const std::string& payload) {
  boost::system::error_code malformed;
  const auto parsed = boost::json::parse(payload, malformed);
  const auto* command = malformed ? nullptr : parsed.if_object();
  const auto* word = command != nullptr ? command->if_contains("cmd") : nullptr;
  if (word == nullptr || !word->is_string()) {
    return around_.counted.violated("a command is not the maker's JSON: " + payload);
  }
  const auto name = word->get_string();
  if (name == "check" || name == "check_all") {
    later(around_.paced(dice_.between(50, 400)), [this] { say(chautari::encode(snapshot())); });
  } else if (name == "popup_sn") {
    eject(parse_sn(*command));
  }
}

void cabinet::eject(bank_sn wanted) {
  if (is_busy_) return refuse(wanted, state_busy);
  is_busy_ = true;
  later(around_.paced(dice_.between(700, 2'500)), [this, wanted] {
    is_busy_ = false;
    eject_now(wanted);
  });
}

void cabinet::eject_now(bank_sn wanted) {
  int slot = body.slot_of(wanted);
  if (slot == 0 || goes_wrong(around_.faults.not_here)) return refuse(wanted, state_not_here);
  if (goes_wrong(around_.faults.jam)) {
    const std::uint8_t states[] = {state_failed, state_jammed, state_ambiguous};
    if (const auto pick = dice_.between(0, 3); pick < 3) refuse(wanted, states[pick]);
    return;
  }
  if (goes_wrong(around_.faults.wrong_bank)) {
    for (std::size_t other = 0; other < body.slots.size(); ++other) {
      if (body.slots[other]) slot = static_cast<int>(other) + 1;
    }
  }
  let_go(slot, !goes_wrong(around_.faults.lost_reply));
}

void cabinet::refuse(bank_sn wanted, std::uint8_t state) {
  say(chautari::encode(
      chautari::bank_ejection_reply{.address = 1, .sn = wanted, .state = state, .trace = 0x00}));
}

/// The bank leaves its slot. Whoever has waited longest takes it; else it lies there until somebody pushes it
/// back.
void cabinet::let_go(int slot, bool says_so) {
  const bank out = *std::exchange(body.slots[static_cast<std::size_t>(slot) - 1], std::nullopt);
  ++around_.counted.ejections;
  ++around_.banks_out;
  if (says_so) {
    const auto reply = chautari::encode(
        chautari::bank_ejection_reply{.address = 1, .sn = out.serial, .state = state_done, .trace = 0x02});
    const auto delay = goes_wrong(around_.faults.late_reply)
                           ? std::chrono::milliseconds{dice_.between(16'000, 40'000)}
                           : 0ms;
    say(reply, delay);
    if (goes_wrong(around_.faults.duplicate))
      say(reply, delay + std::chrono::milliseconds{dice_.between(10, 20'000)});
  }
  while (!body.people.empty()) {
    const auto hand = body.people.front().lock();
    body.people.pop_front();
    if (hand == nullptr || !hand->is_waiting) continue;
    hand->taken = out;
    hand->is_waiting = false;
    return;
  }
  bring_back_forgotten(out);
}

void cabinet::bring_back_forgotten(bank what) {
  // Not `later`: the bank lies there whether or not the cabinet reboots.
  auto timer =
      std::make_shared<boost::asio::steady_timer>(around_.loop, std::chrono::seconds{dice_.between(8, 20)});
  timer->async_wait([timer, this, what](const boost::system::error_code& stopped) {
    if (!stopped && !push_in(what)) bring_back_forgotten(what);
  });
}

bool cabinet::push_in(bank what) {
  const int slot = body.empty_slot();
  if (slot == 0) return false;
  body.slots[static_cast<std::size_t>(slot) - 1] = what;
  ++around_.counted.returns;
  --around_.banks_out;
  later(around_.paced(dice_.between(300, 1'500)), [this, slot] { say_returned(slot); });
  return true;
}

void cabinet::say_returned(int slot) {
  const auto& seated = body.slots[static_cast<std::size_t>(slot) - 1];
  if (!seated) return;
  const auto report = chautari::encode(chautari::return_report{
      .board = 1,
      .slot = static_cast<std::uint8_t>(slot),
      .area = area_code,
      .sn = seated->serial,
      .state = state_done,
      .bank = {{.software = 25, .charge_percent = static_cast<std::uint8_t>(seated->charge)}}});
  const bool is_lost = goes_wrong(around_.faults.lost_return);
  if (!is_lost) say(report);
  if (!is_lost && goes_wrong(around_.faults.duplicate)) {
    say(report, std::chrono::milliseconds{dice_.between(10, 30'000)});
  }
  // After a return the maker's firmware uploads a snapshot. Under load only the report counts.
  if (!around_.setup.is_load())
    later(around_.paced(dice_.between(2'000, 5'000)), [this] { report_everything(); });
}

void cabinet::report_everything() { line_.publish(upload_topic_, chautari::encode(snapshot()), 1); }

chautari::cabinet_snapshot cabinet::snapshot() const {
  chautari::cabinet_snapshot all;
  for (std::size_t i = 0; i < body.slots.size(); ++i) {
    if (i % board_slots == 0) {
      all.boards.push_back({.index = static_cast<std::uint8_t>(i / board_slots + 1),
                            .undefined = 4,
                            .temperature_c = 24,
                            .software = 4,
                            .hardware = 15});
    }
    chautari::slot_record record{
        .slot = static_cast<std::uint8_t>(i + 1), .temperature_c = 1, .sensors = 0x80};
    if (const auto& seated = body.slots[i]) {
      record = {.slot = static_cast<std::uint8_t>(i + 1),
                .state = state_done,
                .cell_voltage = 0xE3,
                .area = area_code,
                .sn = seated->serial,
                .charge_percent = static_cast<std::uint8_t>(seated->charge),
                .temperature_c = 24,
                .software = 25,
                .sensors = 0};
    }
    all.boards.back().slots.push_back(record);
  }
  return all;
}

void cabinet::beat() {
  line_.publish(heart_topic_, chautari::encode(chautari::heartbeat{.signal = 21, .power = 1, .rest = {}}), 0);
  for (auto& seated : body.slots) {
    if (seated && seated->charge < 100) seated->charge = std::min(100, seated->charge + 10);
  }
  const auto wait =
      around_.setup.is_load() ? std::chrono::milliseconds{heartbeat_ms} : around_.paced(heartbeat_ms);
  later(wait, [this] { beat(); });
}

/// Once a minute fate looks at the line and at the main board.
void cabinet::mishap() {
  if (goes_wrong(around_.faults.offline)) {
    cut_for(std::chrono::seconds{dice_.between(5, 40)});
  } else if (goes_wrong(around_.faults.reboot)) {
    ++boot_;
    is_busy_ = false;
    cut_for(std::chrono::seconds{dice_.between(3, 15)});
    later(around_.paced(heartbeat_ms), [this] { beat(); });
  }
  later(60s, [this] { mishap(); });
}

void cabinet::cut_for(std::chrono::milliseconds duration) {
  line_.cut();
  later(duration, [this] { line_.mend(); });
}

void cabinet::come_to_rest() {
  line_.mend();
  report_everything();
}

}  // namespace city
