#include "config/operator_commands.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <optional>

#include "actors/operators/operator_audit.hpp"
#include "actors/operators/operator_rules.hpp"
#include "config/clock.hpp"
#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_writer.hpp"
#include "persistence/reader/questions.hpp"
#include "protocols/operators/secrets.hpp"

namespace chautari {
namespace {

constexpr int done = 0, failed = 1;

/// What ends a command: a sentence for the person.
struct command_failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The secrets that were made; empty ones were not.
struct credentials {
  std::string password;
  std::string totp_secret;
};

/// One command's time, randomness and database.
class operator_desk {
public:
  explicit operator_desk(const settings& values)
      : values_{values}, now_{system_clock()()}, ids_{[at = now_] { return at; }, system_random()} {}

  [[nodiscard]] const id_source& ids() const { return ids_; }
  [[nodiscard]] timestamp now() const { return now_; }

  [[nodiscard]] recovered_operators load(load_operators question) const {
    question.now = now_;
    database_connection database{values_.database, session_kind::reading};
    database.open();
    return answer(database, question).value_or(recovered_operators{});
  }

  [[nodiscard]] operator_book find(const std::string& typed) const {
    const auto email = operator_email(typed);
    if (!email) throw command_failure{"\"" + typed + "\" is no e-mail address"};
    operator_book book;
    const auto found = load({{}, *email, false, {}});
    for (const auto& who : found.operators)
      book.operators[who.id] = who;
    for (const auto& session : found.sessions)
      book.sessions[session.id] = session;
    return book;
  }

  void store(record entry) const {
    batch_writer writer{values_.database};
    const auto fate = writer.write({std::move(entry)}).front();
    if (fate.what == record_fate::kind::stored) return;
    throw command_failure{fate.what == record_fate::kind::refused ? "the database refused it: " + fate.message
                                                                  : "the database cannot be reached"};
  }

  [[nodiscard]] record new_record() const { return {ids_.make<record_id>(), now_, {}}; }

  [[nodiscard]] std::string password_for(const operator_words& said, const std::string& email) const {
    if (said.password_file.empty()) return draw_password(ids_.random);
    std::ifstream in{said.password_file};
    std::string line;
    if (!std::getline(in, line)) throw command_failure{said.password_file + " cannot be read"};
    if (is_fit_password(line, email)) return line;
    throw command_failure{"a password has " + std::to_string(limits::operator_password_chars_min) + " to " +
                          std::to_string(limits::operator_password_chars_max) +
                          " characters and is not the address"};
  }

  [[nodiscard]] std::string hash(const std::string& password) const {
    return hash_of_password(password, values_.operators.cost, ids_.random);
  }

private:
  const settings& values_;
  timestamp now_;
  id_source ids_;
};

/// Whoever can run this owns the database; the log says so and names no person.
audit_entry by_command_line(audit_entry entry) {
  entry.actor = audit_actor::system;
  entry.actor_id = "chautari operators";
  entry.session.clear();
  return entry;
}

void tell(const settings& values, const operator_words& said, const operator_image& who,
          const credentials& fresh) {
  const auto url =
      fresh.totp_secret.empty() ? "" : otpauth_url(values.auth.issuer, who.email, fresh.totp_secret);
  boost::json::object told{{"email", who.email}, {"name", who.name}, {"role", to_string(who.role)}};
  if (!fresh.password.empty()) told["password"] = fresh.password;
  if (!fresh.totp_secret.empty()) {
    told["totp_secret"] = fresh.totp_secret;
    told["otpauth_url"] = url;
  }
  if (said.wants_json) {
    std::cout << boost::json::serialize(told) << '\n';
    return;
  }
  for (const auto& [field, value] : told)
    std::cout << std::left << std::setw(13) << std::string{field} << std::string{value.as_string()} << '\n';
  std::cout << "The secrets are shown this once.\n";
}

/// Changes one operator, and ends their sessions.
int reset(const settings& values, const operator_words& said, bool is_password) {
  const operator_desk desk{values};
  change_operator wish;
  wish.reset_totp = !is_password;
  credentials fresh;
  std::string hash;
  // A hash takes its time, and a server may write meanwhile: nothing is read before it.
  if (is_password) {
    fresh.password = desk.password_for(said, operator_email(said.email).value_or(""));
    wish.new_password = fresh.password;
    hash = desk.hash(fresh.password);
  } else {
    fresh.totp_secret = draw_totp_secret(desk.ids().random);
  }
  const auto book = desk.find(said.email);
  if (book.operators.empty()) throw command_failure{"nobody has the address " + said.email};
  const auto& before = book.operators.begin()->second;
  wish.id = before.id;
  const auto after = changed(before, wish, hash, fresh.totp_secret);
  auto entry = desk.new_record();
  entry.add(after);
  if (auto audit = audit_of_change(before, after, wish, desk.ids()))
    entry.add(by_command_line(std::move(*audit)));
  for (auto& session : sessions_ended_by(book, wish, desk.now()))
    entry.add(std::move(session));
  desk.store(std::move(entry));
  tell(values, said, after, fresh);
  return done;
}

template <class Act>
int guarded(Act act) {
  std::string problem;
  try {
    return act();
  } catch (const command_failure& why) {
    problem = why.what();
  } catch (const database_error& why) {
    problem = why.what();
  } catch (const schema_mismatch& why) {
    problem = why.what();
  }
  std::cerr << problem << '\n';
  return failed;
}

}  // namespace

int create_operator_account(const settings& values, const operator_words& said) {
  return guarded([&] {
    const operator_desk desk{values};
    const auto role = parse_operator_role(said.role);
    if (!role) throw command_failure{"there is no role \"" + said.role + "\""};
    if (!desk.find(said.email).operators.empty()) throw command_failure{said.email + " is taken"};
    operator_image made;
    made.id = desk.ids().make<operator_id>();
    made.email = *operator_email(said.email);
    made.name = said.name;
    made.role = *role;
    made.created_at = desk.now();
    const credentials fresh{desk.password_for(said, made.email), draw_totp_secret(desk.ids().random)};
    made.password_hash = desk.hash(fresh.password);
    made.totp_secret = fresh.totp_secret;
    auto entry = desk.new_record();
    entry.add(made).add(by_command_line(audit_of_creation(made, {}, desk.ids())));
    desk.store(std::move(entry));
    tell(values, said, made, fresh);
    return done;
  });
}

int list_all_operators(const settings& values, const operator_words&) {
  return guarded([&] {
    const operator_desk desk{values};
    for (const auto& who : desk.load({{}, {}, true, {}}).operators) {
      const bool is_locked = who.locked_until && *who.locked_until > desk.now();
      std::cout << std::left << std::setw(12) << to_string(who.role) << std::setw(9)
                << (!who.is_active ? "inactive"
                    : is_locked    ? "locked"
                                   : "active")
                << std::setw(25) << (who.last_login_at ? to_rfc3339(*who.last_login_at) : "never here")
                << who.email << "  " << who.name << '\n';
    }
    return done;
  });
}

int reset_operator_password(const settings& values, const operator_words& said) {
  return guarded([&] { return reset(values, said, true); });
}

int reset_operator_totp(const settings& values, const operator_words& said) {
  return guarded([&] { return reset(values, said, false); });
}

int show_operator_code(const operator_words& said) {
  return guarded([&] {
    std::ifstream in{said.from};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    boost::system::error_code malformed;
    const auto told = boost::json::parse(text, malformed);
    const auto* object = malformed ? nullptr : told.if_object();
    const auto* secret = object == nullptr ? nullptr : object->if_contains("totp_secret");
    if (secret == nullptr || !secret->is_string())
      throw command_failure{said.from + " holds no \"totp_secret\""};
    std::cout << totp_at(std::string{secret->get_string()}, system_clock()()) << '\n';
    return done;
  });
}

}  // namespace chautari
