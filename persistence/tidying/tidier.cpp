#include "persistence/tidying/tidier.hpp"

#include <array>
#include <utility>

#include "persistence/sql_texts.hpp"

namespace chautari {
namespace {

constexpr std::array round{&sql::tidying_forget_records,        &sql::tidying_forget_answers,
                           &sql::tidying_forget_codes,          &sql::tidying_forget_verifications,
                           &sql::tidying_forget_refresh_tokens, &sql::tidying_forget_messages,
                           &sql::tidying_forget_locations};

}  // namespace

tidied tidier::step(std::size_t rows_max) {
  tidied done;
  const auto& statement = *round[next_];
  try {
    done.rows = database_.execute(statement, {{"rows", std::to_string(rows_max)}});
    is_more_ = is_more_ || done.rows >= rows_max;
  } catch (const database_error& error) {
    done.problem = std::string{statement.name} + ": " + error.what();
  }
  next_ = (next_ + 1) % round.size();
  if (next_ > 0) {
    done.is_more = true;
    return done;
  }
  done.is_more = std::exchange(is_more_, false);
  if (!done.is_more) database_.close();
  return done;
}

}  // namespace chautari
