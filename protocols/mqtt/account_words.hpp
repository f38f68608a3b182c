#pragma once
/// How mosquitto's dynamic-security plugin is told to change accounts, and what it answers: JSON on two
/// topics of its own (mosquitto 2.0.11, plugins/dynamic-security). The plugin saves its file with each
/// change.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"

namespace chautari {

inline constexpr std::string_view account_words_topic = "$CONTROL/dynamic-security/v1";
/// The broker answers whoever asked, and nobody else.
inline constexpr std::string_view account_answers_topic = "$CONTROL/dynamic-security/v1/response";

/// Words for the broker; each of their parts is answered under `tag`.
/// An account that exists gets this password, which cuts its session off, and is opened; in this order, so
/// that a closed account never opens under its old password.
[[nodiscard]] std::string words_to_open(const imei& cabinet, std::string_view password, std::string_view tag);
/// A new account, open.
[[nodiscard]] std::string words_to_make(const imei& cabinet, std::string_view password, std::string_view tag);
/// Closed; its session is cut off.
[[nodiscard]] std::string words_to_close(const imei& cabinet, std::string_view tag);

enum class account_outcome : std::uint8_t { done, not_found, exists, refused };

struct account_reply {
  std::string tag;
  account_outcome outcome = account_outcome::done;  ///< The worst of the parts.
  std::string error;                                ///< The broker's words of that part.

  friend bool operator==(const account_reply&, const account_reply&) = default;
};

/// One reply for each tag, in order; parts without a tag are left out. Total: no text makes it fail.
[[nodiscard]] std::vector<account_reply> parse_account_replies(std::string_view text);

}  // namespace chautari
