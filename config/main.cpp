#include "config/commands.hpp"

int main(int count, char** words) { return chautari::run_command(count, words); }
