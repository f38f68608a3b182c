#include "actors/users/sessions_actor.hpp"

#include "actors/users/session_actor.hpp"

namespace chautari {

sessions_directory_actor::behavior_type sessions(
    sessions_directory_actor::stateful_pointer<sessions_state> self, identity_setup setup) {
  auto& my = self->state;
  my.children.begin(setup.sessions_max, [self, setup](const session_id& id) {
    return self->spawn(session,
                       session_setup{self->state.everybody, setup, id, sessions_directory_actor{self}});
  });
  self->set_down_handler([self, &my](const caf::down_msg& down) { my.children.forget(&*self, down); });
  const auto pass_on = [self, &my](auto answer, const auto& wish) {
    using answer_type = decltype(answer);
    if (!my.everybody) return caf::result<answer_type>{caf::skip};
    return my.children.template pass_on<answer_type>(&*self, wish.session, wish);
  };
  return {
      [=](const refresh_session& wish) { return pass_on(signed_in{}, wish); },
      [=](const log_out& wish) { return pass_on(logged_out{}, wish); },
      [self, &my](const end_session& wish) -> caf::result<void> {
        if (!my.everybody) return caf::skip;
        return my.children.pass_on<void>(&*self, wish.session, wish);
      },
      [](sleep_atom) {},
      [&my](const meet_network& meeting) {
        my.everybody = std::make_shared<const network>(meeting.everybody);
      },
  };
}

}  // namespace chautari
