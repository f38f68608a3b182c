#pragma once
/// Who the sockets belong to.

#include <cstdint>
#include <string>
#include <vector>

namespace livemap {

/// Signs in every operator of the file (one JSON object a line: email, password, totp_secret) as the page
/// would, each from an address of its own. Throws std::runtime_error if one is refused.
[[nodiscard]] std::vector<std::string> sign_in_operators(const std::string& file, std::uint16_t port);

/// A rider's access token, signed with the server's key: what a phone has after signing in.
[[nodiscard]] std::string rider_token(const std::string& keys_dir);

}  // namespace livemap
