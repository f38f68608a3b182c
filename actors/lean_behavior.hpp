#pragma once
/// A behaviour for actors of which there are hundreds of thousands. CAF 0.17 keeps the table of handlers in
/// every actor: 40 bytes a word, 1,008 in a station that does nothing. All stations have the same handlers
/// but for whose state they work on, so here the table is written on the stack for each message (24 words:
/// some 50 ns) and the actor keeps 48 bytes. It relies on caf/detail/behavior_impl.hpp of 0.17: the one place
/// that does.

#include <caf/all.hpp>
#include <tuple>
#include <type_traits>
#include <utility>

namespace chautari {

/// `Handlers{}(state)` makes the tuple of handlers.
template <class State, class Handlers>
class lean_table final : public caf::detail::behavior_impl {
public:
  explicit lean_table(State& state) : state_{&state} {}

  caf::match_case::result invoke(caf::detail::invoke_result_visitor& told,
                                 caf::type_erased_tuple& words) override {
    return std::apply(
        [&](auto... handlers) {
          caf::detail::default_behavior_impl<std::tuple<caf::trivial_match_case<decltype(handlers)>...>>
              table{std::move(handlers)...};
          return table.caf::detail::behavior_impl::invoke(told, words);
        },
        Handlers{}(*state_));
  }

private:
  State* state_;
};

/// What an actor of type `Actor` returns from its spawn function. `Handlers` captures nothing: it is made
/// anew for each message. That each word of the interface has its handler is checked while compiling, as CAF
/// does.
template <class Actor, class State, class Handlers>
[[nodiscard]] typename Actor::behavior_type lean_behavior(State& state, Handlers) {
  using behavior = typename Actor::behavior_type;
  // Never called: it only has to compile.
  [[maybe_unused]] const auto checked = [](State& any) {
    return std::apply([](auto... handlers) { return behavior{std::move(handlers)...}; }, Handlers{}(any));
  };
  using checked_type = decltype(checked(state));
  static_assert(std::is_same_v<checked_type, behavior>);
  caf::behavior::impl_ptr table = caf::make_counted<lean_table<State, Handlers>>(state);
  return {typename behavior::unsafe_init{}, caf::behavior{std::move(table)}};
}

}  // namespace chautari
