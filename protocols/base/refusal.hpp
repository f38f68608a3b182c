#pragma once
/// Failure as a value: an enum that says why, and for people and clients a JSON object with the facts behind
/// it.

#include <caf/error.hpp>
#include <caf/message.hpp>
#include <optional>
#include <string>
#include <utility>

namespace chautari {

/// `context` is a JSON object or empty.
template <class Enum>
[[nodiscard]] caf::error refuse(Enum why, std::string context = {}) {
  if (context.empty()) return caf::make_error(why);
  return caf::make_error(why, std::move(context));
}

/// The JSON object that came with a refusal; empty if none did.
[[nodiscard]] inline std::string context_of(const caf::error& why) {
  const auto& context = why.context();
  if (context.size() == 1 && context.match_element<std::string>(0)) return context.get_as<std::string>(0);
  return {};
}

/// The reason, if it is one of `Enum`.
template <class Enum>
[[nodiscard]] std::optional<Enum> reason_of(const caf::error& why) {
  if (why.category() != caf::detail::error_factory<Enum>::category) return {};
  return static_cast<Enum>(why.code());
}

}  // namespace chautari
