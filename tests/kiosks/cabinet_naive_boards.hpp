#pragma once
/// The snapshot parser as anyone would write it first: correct, and exponential. The judge of the real one.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "protocols/kiosks/cabinet_a8_boards.hpp"
#include "protocols/kiosks/cabinet_a8_meaning.hpp"

namespace chautari {

/// Every way to cut the data, found without any cleverness; stops after `budget` steps.
struct naive_search {
  std::span<const std::uint8_t> data;
  std::size_t budget;
  std::vector<std::vector<std::size_t>> found{};
  std::vector<std::size_t> path{};

  void visit(std::size_t at, std::array<std::size_t, 2> next) {
    if (budget == 0) return;
    --budget;
    if (at == data.size()) {
      found.push_back(path);
      return;
    }
    std::size_t& expected = next[io_port(data[at])];
    std::size_t end = at + a8_board_header_bytes;
    for (std::size_t k = 1; end + a8_slot_bytes <= data.size() && expected <= 80 && data[end] == expected;
         ++k) {
      ++expected;
      end += a8_slot_bytes;
      path.push_back(k);
      visit(end, next);
      path.pop_back();
    }
  }
};

}  // namespace chautari
