#pragma once
/// What a cabinet says over HTTP: signed calls without a secret.

#include <optional>
#include <string>
#include <vector>

#include "bench/city/web_client.hpp"
#include "bench/city/world.hpp"
#include "protocols/kiosks/cabinet_sign.hpp"

namespace city {

class cabinet_phone {
public:
  cabinet_phone(world& around, const cabinet_body& body, std::uint64_t number);

  struct login {
    std::string client_id;
    std::string user;
    std::string password;
  };
  /// As it starts: a login at the broker, or nothing if it gets none.
  task<std::optional<login>> connect();
  /// Both are told again until they are answered with 200, a few times.
  task<void> upload(std::vector<std::uint8_t> frame);
  task<void> claim(chautari::bank_sn bank, int slot, int charge);

private:
  task<bool> tell(web_request call);
  /// A line carries one call at a time; a second one at the same moment has a line of its own.
  task<web_answer> send(web_request call);

  world& around_;
  std::string address_;
  std::string modem_;
  std::string sim_;
  web_client line_;
  bool is_calling_ = false;
};

}  // namespace city
