#include "config/main_loop.hpp"

namespace chautari {

main_loop::main_loop() : alive_{boost::asio::make_work_guard(loop_)} {}

bool main_loop::run_until(const std::function<bool()>& is_done, std::optional<milliseconds> within) {
  bool is_over = false;
  boost::asio::steady_timer limit{loop_};
  if (within) {
    limit.expires_after(*within);
    limit.async_wait([&is_over](boost::system::error_code why) { is_over = !why; });
  }
  while (!is_done() && !is_over)
    loop_.run_one();
  limit.cancel();
  // The cancelled wait still refers to `is_over`: let it pass before this frame goes.
  loop_.poll();
  return is_done();
}

}  // namespace chautari
