#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "bench/livemap/tokens.hpp"
#include "bench/overload/arrivals.hpp"
#include "bench/overload/loads.hpp"
#include "bench/overload/rentals.hpp"

namespace overload {
namespace {

using namespace std::chrono_literals;

constexpr auto memory_every = 5s;
/// Of the sustainable rate, before and after the load.
constexpr double calm_share = 0.3;

struct kinds {
  std::shared_ptr<figures> starts = std::make_shared<figures>();
  std::shared_ptr<figures> reads = std::make_shared<figures>();
  std::shared_ptr<figures> operators = std::make_shared<figures>();

  [[nodiscard]] boost::json::object summary() const {
    return {{"starts", starts->summary()}, {"reads", reads->summary()}, {"operators", operators->summary()}};
  }
};

class overload_run {
public:
  explicit overload_run(const options& setup)
      : setup_{setup},
        web_{loop_, setup.http_port, setup.connections},
        cabinets_{loop_, setup.broker, setup.first, setup.cabinets, setup.slots, setup.seed},
        tick_{loop_},
        dice_{setup.seed} {
    if (!setup.operators_file.empty())
      operators_ = livemap::sign_in_operators(setup.operators_file, setup.http_port);
  }

  boost::json::object run();

private:
  void open();
  void every_second();
  double find_sustainable();
  kinds offer(double starts_rate, std::int64_t seconds, double reads_rate, std::string phase);
  void read(const std::shared_ptr<figures>& told, moment due);
  void operate(const std::shared_ptr<figures>& told, moment due);
  void fetch(const std::shared_ptr<figures>& told, moment due, const std::string& path,
             const std::string& token);

  const options& setup_;
  boost::asio::io_context loop_{1};
  web_pool web_;
  fleet cabinets_;
  std::unique_ptr<rentals> rentals_;
  boost::asio::steady_timer tick_;
  std::mt19937_64 dice_;
  std::vector<std::string> operators_;
  std::function<void()> again_;  ///< The next start of those that are always under way.
  std::string phase_ = "opening";
  std::int64_t seconds_ = 0;
  boost::json::array memory_;
};

double resident_mib(std::int64_t process) {
  std::ifstream in{"/proc/" + std::to_string(process) + "/statm"};
  std::size_t total = 0, resident = 0;
  in >> total >> resident;
  return static_cast<double>(resident) * 4'096 / (1 << 20);
}

void overload_run::every_second() {
  rentals_->look_around();
  if (setup_.server_pid > 0 && seconds_++ % memory_every.count() == 0)
    memory_.push_back(boost::json::object{{"phase", phase_}, {"mib", resident_mib(setup_.server_pid)}});
  tick_.expires_after(1s);
  tick_.async_wait([this](const boost::system::error_code& stopped) {
    if (!stopped) every_second();
  });
}

/// Every cabinet has a line and has said what is in it.
void overload_run::open() {
  for (std::size_t number = 0; number < cabinets_.size(); ++number) {
    cabinets_.at(number).connect();
    if (number % 50 == 0) work_for(loop_, 1ms);
  }
  for (int patience = 0; patience < 300 && cabinets_.connected() < cabinets_.size(); ++patience)
    work_for(loop_, 100ms);
  if (cabinets_.connected() < cabinets_.size()) throw std::runtime_error{"not every cabinet has a line"};
  std::string package;
  web_.ask({.text = request_text("GET", "/api/rentals/packages", {}),
            .heard = [&package](const web_answer& answer) {
              const auto said = boost::json::parse(answer.body);
              package = said.at("data").at("results").at(0).at("id").as_string();
            }});
  work_for(loop_, 3s);
  if (package.empty()) throw std::runtime_error{"the server names no package"};
  rentals_ = std::make_unique<rentals>(loop_, web_, cabinets_, lines_of(setup_.tokens_file), package);
  every_second();
}

void overload_run::fetch(const std::shared_ptr<figures>& told, moment due, const std::string& path,
                         const std::string& token) {
  told->offer(due);
  web_.ask({.text = request_text("GET", path, token), .heard = [told, due](const web_answer& answer) {
              told->answered(answer.status, answer.has_retry_after, due);
            }});
}

void overload_run::read(const std::shared_ptr<figures>& told, moment due) {
  const auto pick = dice_();
  const auto station = "SCALE-" + std::to_string(setup_.first + pick / 4 % setup_.cabinets);
  fetch(told, due, pick % 2 == 0 ? "/api/stations?page_size=20" : "/api/stations/" + station, {});
}

void overload_run::operate(const std::shared_ptr<figures>& told, moment due) {
  const auto pick = dice_();
  fetch(told, due, pick % 2 == 0 ? "/api/admin/stations?page_size=20" : "/api/admin/me",
        operators_[pick / 2 % operators_.size()]);
}

/// Starts answered 201 a second while so many are always under way.
double overload_run::find_sustainable() {
  phase_ = "peak";
  const auto told = std::make_shared<figures>();
  again_ = [this, told, until = clock_type::now() + std::chrono::seconds{setup_.peak_seconds}] {
    if (clock_type::now() < until) rentals_->start(told, clock_type::now(), again_);
  };
  for (std::size_t i = 0; i < setup_.starts_at_once; ++i)
    again_();
  // The first third warms up caches, accounts and the size of batches.
  work_for(loop_, std::chrono::seconds{setup_.peak_seconds} / 3);
  const auto before = told->good;
  const auto begun = clock_type::now();
  work_for(loop_, std::chrono::seconds{setup_.peak_seconds} * 2 / 3 - 50ms);
  const auto rate = static_cast<double>(told->good - before) /
                    std::chrono::duration<double>(clock_type::now() - begun).count();
  work_for(loop_, 3s);
  return rate;
}

kinds overload_run::offer(double starts_rate, std::int64_t seconds, double reads_rate, std::string phase) {
  phase_ = std::move(phase);
  kinds told;
  const auto until = clock_type::now() + std::chrono::seconds{seconds};
  told.starts->over = told.reads->over = told.operators->over = until;
  const arrivals starts{loop_, starts_rate, dice_(), until,
                        [&](moment due) { rentals_->start(told.starts, due); }};
  const arrivals reads{loop_, reads_rate, dice_(), until, [&](moment due) { read(told.reads, due); }};
  const arrivals calls{loop_, operators_.empty() ? 0 : setup_.operators_rate, dice_(), until,
                       [&](moment due) { operate(told.operators, due); }};
  work_for(loop_, std::chrono::seconds{seconds});
  return told;
}

/// The first second after which no second's p99 was above `usual_ms`; -1 if it never came.
std::int64_t back_to(const figures& told, double usual_ms) {
  std::int64_t from = 0;
  for (const auto& [second, micros] : told.micros_by_second) {
    if (percentile_ms(micros, 0.99) > usual_ms) from = second + 1;
  }
  return told.micros_by_second.empty() || from > told.micros_by_second.rbegin()->first ? -1 : from;
}

boost::json::object overload_run::run() {
  open();
  const auto rate = setup_.rate > 0 ? setup_.rate : find_sustainable();
  const auto calm = offer(calm_share * rate, setup_.calm_seconds, setup_.reads_rate, "before");
  const auto frames_before = cabinets_.counted;
  const auto load = offer(setup_.times * rate, setup_.load_seconds, setup_.reads_rate, "load");
  const auto waiting = web_.waiting();
  const auto after = offer(calm_share * rate, setup_.recovery_seconds, setup_.reads_rate, "after");
  // A p99 of a second with a few hundred starts is its worst but three: allow it as much as admission allows.
  const auto usual_ms = std::max(100.0, 2 * percentile_ms(calm.starts->good_micros, 0.99));
  phase_ = "rest";
  rentals_->look_around();
  for (int patience = 0; patience < 400 && rentals_->banks_out() > 0; ++patience)
    work_for(loop_, 100ms);
  work_for(loop_, 3s);
  return {{"sustainable_rate", rate},
          {"times", setup_.times},
          {"before", calm.summary()},
          {"load", load.summary()},
          {"after", after.summary()},
          {"usual_ms", usual_ms},
          {"recovered_after_s", back_to(*after.starts, usual_ms)},
          {"driver_waiting", waiting},
          {"ejections", cabinets_.counted.ejections - frames_before.ejections},
          {"returns", cabinets_.counted.returns - frames_before.returns},
          {"lines_lost", cabinets_.counted.connects - cabinets_.size()},
          {"banks_left_out", rentals_->banks_out()},
          {"memory", memory_}};
}

}  // namespace

boost::json::object offer_too_much(const options& setup) { return overload_run{setup}.run(); }

}  // namespace overload
