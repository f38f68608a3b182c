#pragma once
/// Assertions that stay on in release builds: a broken invariant stops the process before it corrupts the
/// books.

#include <cstdio>
#include <cstdlib>

namespace chautari {
[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr,
               "{\"level\":\"critical\",\"event\":\"check-failed\",\"msg\":\"%s\",\"at\":\"%s:%d\"}\n",
               condition, file, line);
  std::abort();
}
}  // namespace chautari

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::chautari::check_failed(#condition, __FILE__, __LINE__))
