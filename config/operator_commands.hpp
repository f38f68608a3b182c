#pragma once
/// `chautari operators ...`: what a person at the server's machine does about operators; how the first one
/// comes to be. Each change is one transaction with its audit row. A server that runs meanwhile reads
/// operators again whenever it decides on them, so nothing is restarted: who was created may log in at once,
/// and whose password or code was reset loses their sessions at the next refresh, within ten minutes.

#include <string>

#include "config/settings.hpp"

namespace chautari {

struct operator_words {
  std::string email;
  std::string name;
  std::string role = "super_admin";
  std::string password_file;  ///< Its first line; empty: a password is drawn and printed.
  bool wants_json = false;    ///< {email, name, role, password, totp_secret, otpauth_url} for a program.
  std::string from;           ///< A file that such a line was written to.
};

// Each prints what it did, or why not, and returns the exit status.
int create_operator_account(const settings& values, const operator_words& said);
int list_all_operators(const settings& values, const operator_words& said);
int reset_operator_password(const settings& values, const operator_words& said);
int reset_operator_totp(const settings& values, const operator_words& said);
/// The code of this moment, for who has the secret in a file and no authenticator at hand (a demonstration).
int show_operator_code(const operator_words& said);

}  // namespace chautari
