#pragma once
/// Access tokens of many riders, signed with the server's own key: what their phones have after signing in.

#include <cstdint>
#include <string>

namespace race {

struct token_wish {
  std::string keys_dir;
  std::string file;         ///< One token a line.
  std::uint64_t first = 1;  ///< Number of the first rider, as bench/race/riders.sql numbers them.
  std::uint64_t step = 1;   ///< From one rider's number to the next one's.
  std::uint64_t count = 1'000;
};

/// Throws std::runtime_error if there is no key or the file cannot be written.
void write_tokens(const token_wish& wish);

}  // namespace race
