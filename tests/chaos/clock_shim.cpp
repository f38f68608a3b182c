/// A wall clock that jumps: preloaded into the server, it adds to CLOCK_REALTIME what the file named by
/// CHAUTARI_CHAOS_CLOCK says at that moment (one int64, nanoseconds). CLOCK_MONOTONIC is left alone, as in
/// life. Whoever waits for a time of the wall clock (pthread_cond_timedwait, sem_timedwait) waits for the
/// jumping one: a wait is cut into slices, so that a jump is felt by those who already wait.
///
/// Only functions that glibc offers under another name are used behind it: no dlsym, no versions to guess.

#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t slice_ns = 20'000'000;

std::atomic<std::int64_t>* map_offset() {
  static std::atomic<std::int64_t> none{0};
  const char* path = std::getenv("CHAUTARI_CHAOS_CLOCK");
  const int file = path == nullptr ? -1 : ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return &none;
  void* seen = ::mmap(nullptr, sizeof none, PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  return seen == MAP_FAILED ? &none : static_cast<std::atomic<std::int64_t>*>(seen);
}

std::int64_t offset_ns() {
  static const auto* offset = map_offset();
  return offset->load(std::memory_order_relaxed);
}

timespec from_ns(std::int64_t ns) { return {ns / second_ns, ns % second_ns}; }

std::int64_t to_ns(const timespec& time) { return time.tv_sec * second_ns + time.tv_nsec; }

std::int64_t read_ns(clockid_t clock) {
  timespec now{};
  ::syscall(SYS_clock_gettime, clock, &now);
  return to_ns(now) + (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ? offset_ns() : 0);
}

/// The end of the next slice of a wait until `deadline` of the wall clock, as CLOCK_MONOTONIC has it.
timespec slice_end(const timespec& deadline) {
  const auto left = to_ns(deadline) - read_ns(CLOCK_REALTIME);
  const auto slice = left < 0 ? 0 : left < slice_ns ? left : slice_ns;
  return from_ns(read_ns(CLOCK_MONOTONIC) + slice);
}

bool is_over(const timespec& deadline) { return read_ns(CLOCK_REALTIME) >= to_ns(deadline); }

/// Of a condition that was told to use CLOCK_MONOTONIC: no wall clock is younger than 2001.
bool is_monotonic(const timespec& deadline) { return deadline.tv_sec < second_ns; }

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, now));
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    *now = from_ns(to_ns(*now) + offset_ns());
  return result;
}

int gettimeofday(timeval* now, void*) noexcept {
  const auto ns = read_ns(CLOCK_REALTIME);
  *now = {ns / second_ns, ns % second_ns / 1'000};
  return 0;
}

time_t time(time_t* now) noexcept {
  const time_t seconds = read_ns(CLOCK_REALTIME) / second_ns;
  if (now != nullptr) *now = seconds;
  return seconds;
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* deadline) {
  if (is_monotonic(*deadline)) return pthread_cond_clockwait(condition, mutex, CLOCK_MONOTONIC, deadline);
  while (true) {
    const auto end = slice_end(*deadline);
    const int result = pthread_cond_clockwait(condition, mutex, CLOCK_MONOTONIC, &end);
    if (result != ETIMEDOUT || is_over(*deadline)) return result;
  }
}

int sem_timedwait(sem_t* semaphore, const timespec* deadline) {
  while (true) {
    const auto end = slice_end(*deadline);
    const int result = sem_clockwait(semaphore, CLOCK_MONOTONIC, &end);
    if (result == 0 || errno != ETIMEDOUT || is_over(*deadline)) return result;
  }
}
}
