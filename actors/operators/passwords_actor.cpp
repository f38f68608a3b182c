#include "actors/operators/passwords_actor.hpp"

#include "protocols/operators/secrets.hpp"

namespace chautari {

passwords_actor::behavior_type passwords(passwords_actor::stateful_pointer<passwords_state> self,
                                         passwords_setup setup) {
  auto& my = self->state;
  my.setup = std::move(setup);
  my.nobodys = hash_of_password(draw_password(my.setup.random), my.setup.cost, my.setup.random);
  return {
      [&my](const hash_password& wish) {
        return password_hashed{hash_of_password(wish.password, my.setup.cost, my.setup.random)};
      },
      [&my](const check_password& question) {
        if (!question.encoded.empty())
          return password_checked{is_password(question.password, question.encoded)};
        // Nobody's password takes as long as anybody's, so the time does not tell whether there is one.
        static_cast<void>(is_password(question.password, my.nobodys));
        return password_checked{false};
      },
  };
}

}  // namespace chautari
