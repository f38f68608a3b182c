#include "protocols/kiosks/cabinet_a8_boards.hpp"

#include <array>

#include "protocols/base/check.hpp"
#include "protocols/kiosks/cabinet_a8_meaning.hpp"

namespace chautari {
namespace {

using bytes = std::span<const std::uint8_t>;

constexpr std::size_t board_bytes_min = a8_board_header_bytes + a8_slot_bytes;
constexpr std::size_t slots_max = 2 * a8_port_slots_max;
constexpr std::size_t data_bytes_max = slots_max * board_bytes_min;
// Every boundary lies on a multiple of this, which makes the table of dead ends three times smaller.
constexpr std::size_t stride = 3;
static_assert(a8_board_header_bytes % stride == 0 && a8_slot_bytes % stride == 0);

/// One way to cut the data: how many slots each board has.
struct division {
  std::array<std::uint8_t, slots_max> slots_of{};
  std::size_t boards = 0;
};

/// The number each io port's next slot must carry.
using next_slots = std::array<std::size_t, 2>;

/// True if the record at `at` is slot number `expected`.
bool is_slot(bytes data, std::size_t at, std::size_t expected) {
  return at + a8_slot_bytes <= data.size() && expected <= a8_port_slots_max && data[at] == expected;
}

/// True if boards of exactly k slots fill the data with the right numbers.
bool divides_equally(bytes data, std::size_t k) {
  next_slots next{1, 1};
  std::size_t at = 0;
  while (at < data.size()) {
    std::size_t& expected = next[io_port(data[at])];
    at += a8_board_header_bytes;
    for (std::size_t slot = 0; slot < k; ++slot, at += a8_slot_bytes, ++expected) {
      if (!is_slot(data, at, expected)) return false;
    }
  }
  return true;
}

enum class reading : std::uint8_t { none, one, several };

/// Looks for the k with which all boards are equal; of several the one that makes `registered_slots`. There
/// is at most one such, because data size and slot count together fix the number of boards.
reading find_equal(bytes data, std::size_t registered_slots, division& found) {
  std::size_t readings = 0;
  bool registered = false;
  for (std::size_t k = 1; k <= a8_port_slots_max; ++k) {
    const std::size_t board_bytes = a8_board_header_bytes + k * a8_slot_bytes;
    if (board_bytes > data.size()) break;
    if (data.size() % board_bytes != 0 || !divides_equally(data, k)) continue;
    ++readings;
    const std::size_t boards = data.size() / board_bytes;
    registered = registered || boards * k == registered_slots;
    if (readings > 1 && boards * k != registered_slots) continue;
    found.boards = boards;
    for (std::size_t board = 0; board < boards; ++board)
      found.slots_of[board] = static_cast<std::uint8_t>(k);
  }
  if (readings == 0) return reading::none;
  return readings == 1 || registered ? reading::one : reading::several;
}

/// Depth-first search over all ways to cut the data, stopped at the second one.
///
/// A place from which no way reaches the end is remembered, so it is entered once. A place is its offset and
/// the next number of the port that its board is not on: the board's own next number is in the data. There
/// are fewer than 1120 * 81 places and each tries at most 80 ends, whatever the input.
class board_search {
public:
  /// `slots_wanted` keeps only divisions with so many slots; 0 keeps all.
  board_search(bytes data, std::size_t slots_wanted)
      : data_{data}, slots_wanted_{slots_wanted}, dead_(data.size() / stride * places_per_offset) {}

  reading run() {
    visit(0, {1, 1});
    if (solutions_ == 0) return reading::none;
    return solutions_ == 1 ? reading::one : reading::several;
  }
  [[nodiscard]] const division& first() const { return first_; }
  [[nodiscard]] std::size_t states_visited() const { return states_visited_; }

private:
  static constexpr std::size_t places_per_offset = a8_port_slots_max + 2;

  /// True if at least one division was found below this place.
  bool visit(std::size_t at, next_slots next) {
    if (at == data_.size()) return accept(next[0] + next[1] - 2);
    const std::size_t io = io_port(data_[at]);
    if (!is_slot(data_, at + a8_board_header_bytes, next[io])) return false;
    const std::size_t place = at / stride * places_per_offset + next[1 - io];
    if (dead_[place]) return false;
    ++states_visited_;
    bool alive = false;
    std::size_t end = at + a8_board_header_bytes;
    for (std::uint8_t k = 1; is_slot(data_, end, next[io]) && solutions_ < 2; ++k) {
      end += a8_slot_bytes;
      ++next[io];
      path_.slots_of[path_.boards++] = k;
      alive = visit(end, next) || alive;
      --path_.boards;
    }
    if (!alive) dead_[place] = true;
    return alive;
  }

  bool accept(std::size_t slots) {
    if (slots_wanted_ != 0 && slots != slots_wanted_) return false;
    if (++solutions_ == 1) first_ = path_;
    return true;
  }

  bytes data_;
  std::size_t slots_wanted_;
  std::vector<bool> dead_;
  division path_;
  division first_;
  std::size_t solutions_ = 0;
  std::size_t states_visited_ = 0;
};

reading find_unequal(bytes data, std::size_t registered_slots, division& found, std::size_t& effort) {
  board_search any{data, 0};
  reading result = any.run();
  effort += any.states_visited();
  found = any.first();
  if (result != reading::several || registered_slots == 0) return result;
  board_search registered{data, registered_slots};
  result = registered.run();
  effort += registered.states_visited();
  found = registered.first();
  return result;
}

std::vector<board_record> cut(bytes data, const division& how) {
  std::vector<board_record> boards;
  boards.reserve(how.boards);
  std::size_t at = 0;
  for (std::size_t index = 0; index < how.boards; ++index) {
    const bytes header = data.subspan(at, a8_board_header_bytes);
    at += a8_board_header_bytes;
    board_record& board = boards.emplace_back(
        board_record{header[0], header[1], header[2], header[3], header[4], header[5], {}});
    board.slots.reserve(how.slots_of[index]);
    for (std::size_t slot = 0; slot < how.slots_of[index]; ++slot, at += a8_slot_bytes) {
      board.slots.push_back(read_slot(data.subspan(at, a8_slot_bytes)));
    }
  }
  CHECK(at == data.size());
  return boards;
}

}  // namespace

std::optional<std::vector<board_record>> parse_boards(bytes data, std::size_t registered_slots,
                                                      board_search_effort* effort) {
  if (data.size() < board_bytes_min || data.size() > data_bytes_max || data.size() % stride != 0) return {};
  division found;
  reading result = find_equal(data, registered_slots, found);
  if (result == reading::none) {
    std::size_t states_visited = 0;
    result = find_unequal(data, registered_slots, found, states_visited);
    if (effort != nullptr) effort->states_visited += states_visited;
  }
  if (result != reading::one) return {};
  return cut(data, found);
}

slot_record read_slot(bytes from) {
  CHECK(from.size() == a8_slot_bytes);
  const std::uint32_t sn =
      std::uint32_t{from[5]} << 24U | std::uint32_t{from[6]} << 16U | std::uint32_t{from[7]} << 8U | from[8];
  return {from[0], from[1],  from[2],  from[3],  from[4],  bank_sn{sn},
          from[9], from[10], from[11], from[12], from[13], from[14]};
}

void write_slot(std::vector<std::uint8_t>& out, const slot_record& record) {
  const auto part = [&](unsigned shift) { return static_cast<std::uint8_t>(record.sn.value >> shift); };
  out.insert(out.end(), {record.slot, record.state, record.reserved, record.cell_voltage, record.area,
                         part(24), part(16), part(8), part(0), record.charge_percent, record.temperature_c,
                         record.charging_voltage, record.charging_current, record.software, record.sensors});
}

}  // namespace chautari
