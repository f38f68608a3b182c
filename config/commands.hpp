#pragma once
/// The program's commands. Each answers the exit status: 0 done, 1 failed, 2 wrongly called or configured.

namespace chautari {

[[nodiscard]] int run_command(int count, char** words);

}  // namespace chautari
