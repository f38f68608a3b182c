/// The ceiling of the doors: one I/O thread, one small answer from memory and one through an actor. Drive it
/// with
///   wrk -t1 -c64 -d10 http://127.0.0.1:8088/api/memory     and     .../api/actor
/// Usage: bench_http_floor [port]

#include <caf/all.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <string>

#include "http/server/desk.hpp"
#include "http/server/door.hpp"

namespace {

using namespace chautari;

using echo_actor = caf::typed_actor<caf::replies_to<std::int32_t>::with<std::int32_t>>;
echo_actor::behavior_type echo(echo_actor::pointer) {
  return {[](std::int32_t number) { return number + 1; }};
}

timestamp wall_now() {
  std::timespec at{};
  std::timespec_get(&at, TIME_UTC);
  return from_ms(at.tv_sec * 1000 + at.tv_nsec / 1'000'000);
}

endpoints floor_rows(const echo_actor& other) {
  const auto small =
      render(success_envelope("OK", R"({"station_sn":"KTM-0001","rentable_count":5,"return_slots":3})"),
             "public, max-age=2");
  endpoints rows;
  rows.push_back({.path = "/api/memory", .summary = "A rendered body", .handle = [small](exchange& in) {
                    in.reply_rendered(small);
                  }});
  rows.push_back(
      {.path = "/api/stations/{sn}", .summary = "Composed for each request", .handle = [](exchange& in) {
         std::string data = "{\"sn\":";
         append_json_text(data, in.path_text("sn"));
         in.answer(data + '}');
       }});
  rows.push_back({.path = "/api/actor", .summary = "Through the scheduler", .handle = [other](exchange& in) {
                    in.ask<std::int32_t>(
                        other, std::int32_t{41},
                        [](exchange& out, const std::int32_t& number) { out.answer(std::to_string(number)); },
                        [](exchange& out, const caf::error&) { out.overloaded(); });
                  }});
  return rows;
}

}  // namespace

int main(int count, char** words) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  caf::actor_system_config config;
  config.set("scheduler.policy", caf::atom("sharing"));
  config.set("scheduler.max-threads", std::size_t{1});
  caf::actor_system system{config};
  const auto other = system.spawn(echo);

  door_options options;
  options.address = "127.0.0.1";
  options.port = count > 1 ? static_cast<std::uint16_t>(std::stoi(words[1])) : std::uint16_t{8088};
  options.now = wall_now;
  std::string why;
  door entrance{system, std::move(options), floor_rows(other)};
  if (!entrance.start(why)) {
    std::fprintf(stderr, "%s\n", why.c_str());
    return 1;
  }
  int received = 0;
  sigwait(&ends, &received);
  entrance.stop();
  return 0;
}
