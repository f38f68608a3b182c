#pragma once
/// Questions with many fields, of which a test means one.

namespace chautari::testing {

/// A question with what `fill` says and nothing else.
template <class Question, class Fill>
[[nodiscard]] Question asking(Fill fill) {
  Question question;
  fill(question);
  return question;
}

}  // namespace chautari::testing
