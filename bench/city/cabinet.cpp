#include "bench/city/cabinet.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
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
constexpr std::uint8_t second_port = 0x50;
constexpr std::int64_t upload_ms = 20 * 60 * 1000;
constexpr std::int64_t heartbeat_ms = 9 * 60 * 1000;

// States of 0x31 and 0x40.
constexpr std::uint8_t state_done = 0x01;
constexpr std::uint8_t state_failed = 0x00;
constexpr std::uint8_t state_jammed = 0x04;
constexpr std::uint8_t state_ambiguous = 0x12;
constexpr std::uint8_t state_not_here = 0xFC;
constexpr std::uint8_t state_busy = 0xFE;

/// A shop's own choice of names, commas included.
constexpr std::array<const char*, 3> networks_in_reach{"shop-wifi", "Asan, upstairs", "guest"};

std::string_view text_of(const boost::json::object& command, std::string_view key) {
  const auto* value = command.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view{value->get_string()} : std::string_view{};
}

std::uint32_t number_of(const boost::json::object& command, std::string_view key) {
  const auto text = text_of(command, key);
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool are_all_texts(const boost::json::object& command) {
  return std::all_of(command.begin(), command.end(),
                     [](const auto& member) { return member.value().is_string(); });
}

}  // namespace

cabinet::cabinet(world& around, cabinet_body slots, std::uint64_t number)
    : body(std::move(slots)),
      around_(around),
      dice_(around.setup.seed, number),
      line_(around.loop, around.setup, body.modem.text()),
      phone_(around, body, number),
      update_topic_(chautari::topic_of(body.modem, chautari::cabinet_channel::update)),
      upload_topic_(chautari::topic_of(body.modem, chautari::cabinet_channel::upload)),
      heart_topic_(chautari::topic_of(body.modem, chautari::cabinet_channel::heart)) {}

void cabinet::begin() {
  if (around_.setup.asks_for_login) {
    line_.cut();
    line_.refused = [this] { fetch_login(); };
    fetch_login();
  }
  open_line();
  later(around_.paced(dice_.between(0, heartbeat_ms)), [this] { beat(); });
  later(std::chrono::milliseconds{dice_.between(0, 60'000)}, [this] { mishap(); });
  if (!around_.setup.is_load()) later(around_.paced(60'000), [this] { upload(); });
}

void cabinet::call(task<void> what) {
  boost::asio::co_spawn(around_.loop, std::move(what), boost::asio::detached);
}

void cabinet::fetch_login() {
  if (std::exchange(is_logging_in_, true)) return;
  line_.cut();
  call(log_in());
}

task<void> cabinet::log_in() {
  while (true) {
    const auto mine = co_await phone_.connect();
    if (mine) {
      line_.log_in_as(mine->user, mine->password);
      line_.mend();
      is_logging_in_ = false;
      co_return;
    }
    const std::chrono::milliseconds pause{dice_.between(20'000, 40'000)};
    co_await rest(pause);
  }
}

void cabinet::open_line() {
  const auto command_topic = chautari::command_topic(body.modem);
  line_.begin(
      {command_topic, heart_topic_},
      [this, command_topic](const std::string& topic, const std::string& payload) {
        if (topic == command_topic) heard(payload);
      },
      [this] { report_everything(); });
}

cabinet::place cabinet::place_of(int slot) const {
  const int io = slot > body.port_one_offset ? 1 : 0;
  const int on_port = slot - io * body.port_one_offset;
  const int board = (on_port - 1) / static_cast<int>(board_slots);
  return {static_cast<std::uint8_t>(io * second_port + board + 1), static_cast<std::uint8_t>(on_port), io};
}

bool cabinet::has_people() const {
  return std::any_of(body.people.begin(), body.people.end(),
                     [](const auto& hand) { return !hand.expired(); });
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
  if (goes_wrong(around_.faults.reordered)) after += std::chrono::milliseconds{dice_.between(500, 6'000)};
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
  if (command == nullptr || !are_all_texts(*command) || !obey(text_of(*command, "cmd"), *command))
    around_.counted.violated("a command is not the maker's JSON: " + payload);
}

bool cabinet::obey(std::string_view name, const words& command) {
  if (name == "check" || name == "check_all") {
    later(around_.paced(dice_.between(50, 400)), [this] { say(chautari::encode(snapshot())); });
  } else if (name == "popup_sn") {
    eject({bank_sn{number_of(command, "data")}, 0});
  } else if (name == "popup") {
    const int io = static_cast<int>(number_of(command, "io"));
    eject({{}, static_cast<int>(number_of(command, "data")) + io * body.port_one_offset});
  } else if (name == "getWifi") {
    scan();
  } else if (name == "setWifi") {
    const std::string network{text_of(command, "username")};
    const bool is_in_reach =
        std::find(networks_in_reach.begin(), networks_in_reach.end(), network) != networks_in_reach.end();
    if (is_in_reach) join(network);
  } else if (name == "setMode") {
    join(std::string{text_of(command, "data")});
  } else if (name == "reboot") {
    later(around_.paced(dice_.between(500, 2'000)),
          [this] { restart(around_.paced(dice_.between(5'000, 30'000))); });
  } else if (name == "push_version_publish") {
    later(around_.paced(dice_.between(3'000, 9'000)),
          [this] { restart(around_.paced(dice_.between(30'000, 90'000))); });
  } else {
    return name == "volume" || name == "check_log" || name == "open" || name == "close" ||
           name == "load_ad" || name == "upload_all";
  }
  return true;
}

void cabinet::eject(const ejection& what) {
  if (is_busy_) return say_ejected(what, what.wanted, state_busy);
  is_busy_ = true;
  later(around_.paced(dice_.between(700, 2'500)), [this, what] {
    is_busy_ = false;
    eject_now(what);
  });
}

void cabinet::eject_now(const ejection& what) {
  int slot = what.slot != 0 ? what.slot : body.slot_of(what.wanted);
  if (slot == 0 || slot > static_cast<int>(body.slots.size()) || goes_wrong(around_.faults.not_here))
    return say_ejected(what, what.wanted, state_not_here);
  if (goes_wrong(around_.faults.jam)) {
    const std::uint8_t states[] = {state_failed, state_jammed, state_ambiguous};
    if (const auto pick = dice_.between(0, 3); pick < 3) say_ejected(what, what.wanted, states[pick]);
    return;
  }
  if (what.slot == 0 && goes_wrong(around_.faults.wrong_bank)) {
    for (std::size_t other = 0; other < body.slots.size(); ++other) {
      if (body.slots[other]) slot = static_cast<int>(other) + 1;
    }
  }
  const bool says_so = !goes_wrong(around_.faults.lost_reply);
  if (body.slots[static_cast<std::size_t>(slot) - 1]) return let_go(slot, what, says_so);
  if (says_so) say_ejected(what, {}, state_done);  // The latch opened; nothing was in there.
}

void cabinet::say_ejected(const ejection& what, bank_sn serial, std::uint8_t state,
                          std::chrono::milliseconds after) {
  const std::uint8_t trace = state == state_done ? 0x02 : 0x00;
  if (what.slot == 0) {
    say(chautari::encode(
            chautari::bank_ejection_reply{.address = 1, .sn = serial, .state = state, .trace = trace}),
        after);
  } else {
    const auto where = place_of(what.slot);
    say(chautari::encode(chautari::slot_ejection_reply{
            .board = where.board, .slot = where.slot, .state = state, .trace = trace}),
        after);
  }
}

/// The bank leaves its slot. Whoever has waited longest takes it; else, or if a technician opened the slot,
/// it lies there until somebody pushes it back.
void cabinet::let_go(int slot, const ejection& what, bool says_so) {
  const bank out = *std::exchange(body.slots[static_cast<std::size_t>(slot) - 1], std::nullopt);
  ++around_.counted.ejections;
  ++around_.banks_out;
  around_.roaming.push_back(out.serial);
  if (says_so) {
    const auto delay = goes_wrong(around_.faults.late_reply)
                           ? std::chrono::milliseconds{dice_.between(16'000, 40'000)}
                           : 0ms;
    say_ejected(what, out.serial, state_done, delay);
    if (goes_wrong(around_.faults.duplicate))
      say_ejected(what, out.serial, state_done, delay + std::chrono::milliseconds{dice_.between(10, 20'000)});
  }
  while (what.slot == 0 && !body.people.empty()) {
    const auto hand = body.people.front().lock();
    body.people.pop_front();
    if (hand == nullptr || !hand->is_waiting) continue;
    hand->taken = out;
    hand->is_waiting = false;
    return;
  }
  bring_back_forgotten(out);
}

void cabinet::scan() {
  if (goes_wrong(around_.faults.lost_reply)) return;
  chautari::wifi_list list;
  for (const auto* name : networks_in_reach)
    list.names.emplace_back(name);
  say(chautari::encode(list), std::max(1ms, around_.paced(dice_.between(1'000, 4'000))));
}

/// On another network there is another connection.
void cabinet::join(const std::string& network) {
  if (network == network_) return;
  network_ = network;
  later(around_.paced(dice_.between(500, 2'000)),
        [this] { cut_for(std::chrono::seconds{dice_.between(2, 6)}); });
}

/// What the last life had in its hands is forgotten.
void cabinet::restart(std::chrono::milliseconds dark) {
  ++boot_;
  is_busy_ = false;
  cut_for(dark);
  later(around_.paced(heartbeat_ms), [this] { beat(); });
  later(60s, [this] { mishap(); });
  later(around_.paced(60'000), [this] { upload(); });
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
  std::erase(around_.roaming, what.serial);
  later(around_.paced(dice_.between(300, 1'500)), [this, slot] { say_returned(slot); });
  return true;
}

void cabinet::say_returned(int slot) {
  const auto& seated = body.slots[static_cast<std::size_t>(slot) - 1];
  if (!seated) return;
  const auto where = place_of(slot);
  const auto report = chautari::encode(chautari::return_report{
      .board = where.board,
      .slot = where.slot,
      .area = area_code,
      .sn = seated->serial,
      .state = state_done,
      .bank = {{.software = 25, .charge_percent = static_cast<std::uint8_t>(seated->charge)}}});
  const bool is_lost = goes_wrong(around_.faults.lost_return);
  if (!is_lost) say(report);
  if (!is_lost && goes_wrong(around_.faults.duplicate)) {
    say(report, std::chrono::milliseconds{dice_.between(10, 30'000)});
  }
  // After a return the maker's firmware says so over HTTP and uploads a snapshot. Under load only the report
  // counts.
  if (around_.setup.is_load()) return;
  if (!goes_wrong(around_.faults.lost_claim)) call(phone_.claim(seated->serial, where.slot, seated->charge));
  later(around_.paced(dice_.between(2'000, 5'000)), [this] { report_everything(); });
}

void cabinet::upload() {
  call(phone_.upload(chautari::encode(snapshot())));
  later(around_.paced(upload_ms), [this] { upload(); });
}

/// Whoever knows a cabinet's number can say this; it must end nobody's rental.
void cabinet::forge_claim() {
  if (around_.roaming.empty()) return;
  const auto last = static_cast<std::int64_t>(around_.roaming.size()) - 1;
  const auto bank = around_.roaming[static_cast<std::size_t>(dice_.between(0, last))];
  call(phone_.claim(bank, std::max(1, body.empty_slot()), 80));
}

void cabinet::report_everything() { line_.publish(upload_topic_, chautari::encode(snapshot()), 1); }

chautari::cabinet_snapshot cabinet::snapshot() const {
  chautari::cabinet_snapshot all;
  for (std::size_t i = 0; i < body.slots.size(); ++i) {
    const auto where = place_of(static_cast<int>(i) + 1);
    if (all.boards.empty() || all.boards.back().index != where.board) {
      all.boards.push_back(
          {.index = where.board, .undefined = 4, .temperature_c = 24, .software = 4, .hardware = 15});
    }
    chautari::slot_record record{.slot = where.slot, .temperature_c = 1, .sensors = 0x80};
    if (const auto& seated = body.slots[i]) {
      record = {.slot = where.slot,
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
  if (goes_wrong(around_.faults.forged_claim)) forge_claim();
  if (goes_wrong(around_.faults.offline)) {
    cut_for(std::chrono::seconds{dice_.between(5, 40)});
  } else if (goes_wrong(around_.faults.reboot)) {
    return restart(std::chrono::seconds{dice_.between(3, 15)});
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
