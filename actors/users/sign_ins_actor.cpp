#include "actors/users/sign_ins_actor.hpp"

#include "actors/users/sign_in_actor.hpp"

namespace chautari {

sign_ins_directory_actor::behavior_type sign_ins(
    sign_ins_directory_actor::stateful_pointer<sign_ins_state> self, identity_setup setup) {
  auto& my = self->state;
  my.children.begin(setup.sign_ins_max, [self, setup](const std::string& identifier) {
    return self->spawn(sign_in, sign_in_setup{self->state.everybody, setup, identifier});
  });
  self->set_down_handler([self, &my](const caf::down_msg& down) { my.children.forget(&*self, down); });
  const auto pass_on = [self, &my](auto answer, const auto& wish) {
    using answer_type = decltype(answer);
    if (!my.everybody) return caf::result<answer_type>{caf::skip};
    return my.children.template pass_on<answer_type>(&*self, wish.identifier, wish);
  };
  return {
      [=](const request_code& wish) { return pass_on(code_requested{}, wish); },
      [=](const verify_code& wish) { return pass_on(code_verified{}, wish); },
      [=](const complete_sign_in& wish) { return pass_on(signed_in{}, wish); },
      [](sleep_atom) {},
      [&my](const meet_network& meeting) {
        my.everybody = std::make_shared<const network>(meeting.everybody);
      },
  };
}

}  // namespace chautari
