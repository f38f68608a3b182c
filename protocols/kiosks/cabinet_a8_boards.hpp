#pragma once
/// The data of a snapshot frame: boards of 6 bytes, each followed by k slots of 15. Nothing in it says what k
/// is, so the slot numbers must tell: they run 1, 2, 3, .. over all boards of one io port.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "protocols/kiosks/cabinet_a8.hpp"

namespace chautari {

inline constexpr std::size_t a8_board_header_bytes = 6;
inline constexpr std::size_t a8_slot_bytes = 15;

/// How hard the search was; for tests that it stays bounded.
struct board_search_effort {
  std::size_t states_visited = 0;
};

/// The only way to read `data` as boards, or nothing. A reading consumes the data exactly and gives every
/// board at least one slot. Of several readings the one with equal k is preferred, then the one with
/// `registered_slots` slots (0 = unknown); if that still leaves two, none is taken.
///
/// Boards of unequal size can have a second reading if a board's index equals the slot number that follows
/// it; the indexes 01, 02, .. and 10, 20, .. of the cabinets on the market never do.
[[nodiscard]] std::optional<std::vector<board_record>> parse_boards(std::span<const std::uint8_t> data,
                                                                    std::size_t registered_slots = 0,
                                                                    board_search_effort* effort = nullptr);

/// One slot of exactly a8_slot_bytes.
[[nodiscard]] slot_record read_slot(std::span<const std::uint8_t> bytes);
void write_slot(std::vector<std::uint8_t>& out, const slot_record& record);

}  // namespace chautari
