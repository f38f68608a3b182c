#pragma once
/// The reading part of a mixed load. It follows the rental cycles that somebody else drives: for each cycle
/// the server has settled, so many public reads and so many reads of a rider's own, over keep-alive
/// connections.

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace race {

struct mix_wish {
  std::uint16_t http_port = 8080;
  std::uint16_t operations_port = 9464;
  std::vector<std::string> public_paths;  ///< In turn.
  std::vector<std::string> own_paths;     ///< In turn, each with the next rider's token.
  std::string wallet_tokens_file;
  std::string active_tokens_file;  ///< Of riders with an open rental: for the last of `own_paths`.
  std::size_t connections = 64;
  double reads_per_cycle = 7;
  double own_per_cycle = 2;
  double seconds = 10;
};

/// {"cycles": rate, "reads": {..}, "own": {..}, "errors", "behind"}: `behind` counts what was owed at the end
/// because the server did not keep up. Throws std::runtime_error if the server cannot be reached.
[[nodiscard]] boost::json::object read_beside_cycles(const mix_wish& wish);

}  // namespace race
