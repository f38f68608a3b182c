#pragma once
/// Asking a real actor from a test's thread: a future of the answer or the error.

#include <caf/all.hpp>
#include <future>
#include <memory>
#include <optional>
#include <utility>

namespace chautari::testing {

template <class Answer>
struct reply {
  std::optional<Answer> answer;
  caf::error error;
};

struct done {};

/// `Answer` may be `done` for a question that is answered without a value.
template <class Answer, class Handle, class... Words>
std::future<reply<Answer>> ask(caf::actor_system& system, const Handle& whom, Words... words) {
  auto promise = std::make_shared<std::promise<reply<Answer>>>();
  auto future = promise->get_future();
  system.spawn([=](caf::event_based_actor* self) {
    const auto fail = [promise](const caf::error& why) { promise->set_value({{}, why}); };
    if constexpr (std::is_same_v<Answer, done>) {
      self->request(whom, caf::infinite, words...)
          .then(
              [promise] {
                promise->set_value({done{}, {}});
              },
              fail);
    } else {
      self->request(whom, caf::infinite, words...)
          .then(
              [promise](const Answer& answer) {
                promise->set_value({answer, {}});
              },
              fail);
    }
  });
  return future;
}

}  // namespace chautari::testing
