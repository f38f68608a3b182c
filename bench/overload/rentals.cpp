#include "bench/overload/rentals.hpp"

#include <charconv>

namespace overload {
namespace {

using namespace std::chrono_literals;

/// Longer than a start is answered, its deadline included.
constexpr auto lost_after = 30s;
/// A rider looks at what he paid before he rents again: the server has settled by then.
constexpr auto between_rentals = 3'000ms;

/// The number in `"serial_number":"1000000101"` of the part `"power_bank"`; 0 if it is not there.
bank bank_in(std::string_view body) {
  constexpr std::string_view part = "\"power_bank\":", name = "\"serial_number\":\"";
  const auto from = body.find(part);
  const auto at = from == std::string_view::npos ? from : body.find(name, from);
  bank number = 0;
  if (at != std::string_view::npos)
    std::from_chars(body.data() + at + name.size(), body.data() + body.size(), number);
  return number;
}

}  // namespace

rentals::rentals(boost::asio::io_context& loop, web_pool& web, fleet& cabinets,
                 std::vector<std::string> tokens, std::string package)
    : loop_{loop},
      web_{web},
      cabinets_{cabinets},
      tokens_{std::move(tokens)},
      package_{std::move(package)},
      run_{std::to_string(clock_type::now().time_since_epoch().count())} {
  for (std::size_t rider = 0; rider < tokens_.size(); ++rider)
    idle_.push_back(rider);
  cabinets_.ejected = [this](bank what) { come_out(what); };
}

void rentals::later(std::chrono::milliseconds after, std::function<void()> what) {
  auto timer = std::make_shared<boost::asio::steady_timer>(loop_, after);
  timer->async_wait([timer, what = std::move(what)](const boost::system::error_code& stopped) {
    if (!stopped) what();
  });
}

void rentals::start(const std::shared_ptr<figures>& told, moment due, const std::function<void()>& done) {
  auto* place = idle_.empty() ? nullptr : cabinets_.for_start();
  if (place == nullptr) {
    ++told->impossible;
    if (done) later(5ms, done);
    return;
  }
  const auto rider = idle_.front();
  idle_.pop_front();
  ++place->starts_under_way;
  told->offer(due);
  const auto body = R"({"station_sn":")" + place->serial() + R"(","package_id":")" + package_ + "\"}";
  web_.ask({.text = request_text("POST", "/api/rentals/start", tokens_[rider], body,
                                 run_ + '-' + std::to_string(++keys_)),
            .heard = [this, told, due, done, place, rider](const web_answer& answer) {
              --place->starts_under_way;
              told->answered(answer.status, answer.has_retry_after, due);
              if (answer.status == 201) {
                started(answer.body, rider);
              } else if (answer.status == 503) {
                idle_.push_front(rider);
              } else {
                later(5'000ms, [this, rider] { idle_.push_back(rider); });
              }
              if (done) done();
            }});
}

void rentals::started(std::string_view body, std::size_t rider) {
  const auto serial = bank_in(body);
  const auto found = out_.find(serial);
  if (found == out_.end()) {
    promised_[serial] = rider;
    return;
  }
  found->second.rider = rider;
  plan_return(serial, carried);
}

void rentals::come_out(bank what) {
  auto& carried_now = out_[what] = {.since = clock_type::now()};
  const auto promised = promised_.find(what);
  if (promised == promised_.end()) return;
  carried_now.rider = promised->second;
  promised_.erase(promised);
  plan_return(what, carried);
}

void rentals::plan_return(bank what, std::chrono::milliseconds after) {
  if (keeps) return;
  out_[what].is_on_its_way = true;
  later(after, [this, what] { bring_back(what); });
}

void rentals::bring_back(bank what) {
  const auto found = out_.find(what);
  if (found == out_.end()) return;
  const auto rider = found->second.rider;
  // Out of the map first: a cabinet could give it out again at once.
  out_.erase(found);
  if (!cabinets_.bring_back(what)) {
    out_[what] = {.since = clock_type::now(), .rider = rider, .is_on_its_way = true};
    return later(100ms, [this, what] { bring_back(what); });
  }
  if (rider != nobody) later(between_rentals, [this, rider] { idle_.push_front(rider); });
}

void rentals::look_around() {
  const auto now = clock_type::now();
  for (auto& [what, carried_now] : out_) {
    const bool is_lost = carried_now.rider == nobody && now - carried_now.since > lost_after;
    if (carried_now.is_on_its_way || keeps || (!is_lost && carried_now.rider == nobody)) continue;
    carried_now.is_on_its_way = true;
    later(0ms, [this, serial = what] { bring_back(serial); });
  }
}

std::size_t rentals::bring_to_the_dark(std::size_t wanted) {
  std::vector<bank> mine;
  for (const auto& [what, carried_now] : out_) {
    if (mine.size() < wanted && carried_now.rider != nobody && !carried_now.is_on_its_way)
      mine.push_back(what);
  }
  std::size_t brought = 0;
  for (const auto what : mine) {
    const auto rider = out_[what].rider;
    if (!cabinets_.bring_back(what, true)) continue;
    out_.erase(what);
    ++brought;
    idle_.push_back(rider);
  }
  return brought;
}

}  // namespace overload
