#pragma once
/// An operator in the cabinet's world: gives commands and looks at what became of them.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/cabinet_stories.hpp"

namespace chautari::testing {

/// What came back, unpacked.
struct given_command {
  std::optional<command_answer> answer;
  std::optional<command_image> command;
  std::optional<caf::error> error;
};

[[nodiscard]] operator_command wish_for(cabinet_world& world, command_kind kind);
/// Everything ready runs; the answer may still be due.
std::shared_ptr<asked<command_answer>> ask(cabinet_world& world, const operator_command& wish);
given_command given(cabinet_world& world, const operator_command& wish);
/// Nothing if it was taken.
std::optional<command_refusal> refused(cabinet_world& world, const operator_command& wish);

[[nodiscard]] const command_image& in_ledger(const cabinet_world& world, const operator_command& wish);
/// The states the doors were told of, in order.
[[nodiscard]] std::vector<command_state> told(const cabinet_world& world, const operator_command& wish);
[[nodiscard]] std::optional<audit_entry> audit_of(const cabinet_world& world, const command_id& id);
[[nodiscard]] std::size_t count_events(const cabinet_world& world, std::string_view kind,
                                       feed_severity severity);
/// Everything in it that is text.
[[nodiscard]] std::string text_of(const record_part& part);

/// The broker saw the cabinet come or go.
void connect(cabinet_world& world, bool is_connected);
[[nodiscard]] cabinet_frame frame_of(const cabinet_world& world, const cabinet_message& message);
[[nodiscard]] return_report return_of(int slot, bank_sn bank);
/// As a bug in it would.
void kill_kiosk(cabinet_world& world);

}  // namespace chautari::testing
