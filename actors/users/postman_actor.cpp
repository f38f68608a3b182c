#include "actors/users/postman_actor.hpp"

namespace chautari {

postman_actor::behavior_type postman(postman_actor::stateful_pointer<postman_state> self,
                                     std::shared_ptr<message_provider> provider) {
  self->state.provider = std::move(provider);
  return {[self](const outgoing_message& message) { return self->state.provider->send(message); }};
}

}  // namespace chautari
