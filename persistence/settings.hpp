#pragma once
/// How to reach the database.

#include <cstdint>
#include <string>

namespace chautari {

struct database_settings {
  std::string host = "127.0.0.1";  ///< Name, address, or the folder of a Unix socket.
  std::uint16_t port = 5432;
  std::string name = "chautari";
  std::string user = "chautari";
  std::string password;  ///< Empty: none is sent.
  std::string application_name = "chautari";
};

}  // namespace chautari
