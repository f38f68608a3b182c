#include "config/clock.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <mutex>

#include "config/clock_follower.hpp"
#include "protocols/base/check.hpp"

namespace chautari {
namespace {

struct word_pool {
  std::mutex lock;
  std::array<std::uint64_t, 32> words{};  // 256 bytes: getrandom never gives fewer than asked for up to here
  std::size_t left = 0;

  std::uint64_t take() {
    const std::lock_guard hold{lock};
    if (left == 0) {
      ssize_t got = -1;
      do {
        got = ::getrandom(words.data(), sizeof words, 0);
      } while (got < 0 && errno == EINTR);
      CHECK(got == static_cast<ssize_t>(sizeof words));
      left = words.size();
    }
    return words[--left];
  }
};

std::chrono::nanoseconds steady_time() { return std::chrono::steady_clock::now().time_since_epoch(); }
std::chrono::nanoseconds wall_time() { return std::chrono::system_clock::now().time_since_epoch(); }

}  // namespace

clock_source system_clock() {
  return [] { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); };
}

followed_clock::followed_clock() : follower_{std::make_shared<clock_follower>(steady_time(), wall_time())} {}

clock_source followed_clock::source() const {
  return [follower = follower_] { return follower->at(steady_time(), wall_time()); };
}

milliseconds followed_clock::begin_no_earlier_than(timestamp newest) {
  return std::chrono::ceil<milliseconds>(follower_->begin_no_earlier_than(newest, steady_time()));
}

random_source system_random() {
  return [pool = std::make_shared<word_pool>()] { return pool->take(); };
}

}  // namespace chautari
