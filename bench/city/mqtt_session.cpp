#include "bench/city/mqtt_session.hpp"

#include <mosquitto.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>

namespace city {
namespace {
constexpr int keep_alive_seconds = 60;
constexpr std::chrono::seconds misc_every{5};
}  // namespace

void mqtt_session::deleter::operator()(mosquitto* handle) const { mosquitto_destroy(handle); }

mqtt_session::mqtt_session(boost::asio::io_context& loop, const options& setup, std::string client_id)
    : loop_(loop),
      setup_(setup),
      client_id_(std::move(client_id)),
      user_(setup.mqtt_user),
      password_(setup.mqtt_password),
      socket_(loop),
      retry_(loop),
      misc_(loop) {}

mqtt_session::~mqtt_session() {
  *alive_ = false;
  if (socket_.is_open()) socket_.release();
}

void mqtt_session::begin(std::vector<std::string> subscriptions, on_message message, on_connected connected) {
  subscriptions_ = std::move(subscriptions);
  message_ = std::move(message);
  connected_ = std::move(connected);
  connect();
  keep_alive();
}

void mqtt_session::connect() {
  if (is_cut_ || is_connected_) return;
  if (socket_.is_open()) socket_.release();
  handle_.reset(mosquitto_new(client_id_.c_str(), true, this));
  mosquitto_int_option(handle_.get(), MOSQ_OPT_TCP_NODELAY, 1);
  mosquitto_username_pw_set(handle_.get(), user_.c_str(), password_.c_str());
  mosquitto_connect_callback_set(handle_.get(), [](mosquitto*, void* self, int code) {
    static_cast<mqtt_session*>(self)->connected(code);
  });
  mosquitto_message_callback_set(handle_.get(), [](mosquitto*, void* self, const mosquitto_message* message) {
    const auto* text = static_cast<const char*>(message->payload);
    static_cast<mqtt_session*>(self)->message_(message->topic,
                                               {text, static_cast<std::size_t>(message->payloadlen)});
  });
  if (mosquitto_connect(handle_.get(), setup_.mqtt_host.c_str(), setup_.mqtt_port, keep_alive_seconds) !=
      MOSQ_ERR_SUCCESS) {
    return lost();
  }
  socket_.assign(mosquitto_socket(handle_.get()));
  watch_reads();
  flush_writes();
}

void mqtt_session::connected(int code) {
  if (code != 0) {
    if (refused) boost::asio::post(loop_, refused);
    return;
  }
  is_connected_ = true;
  failures_ = 0;
  for (const auto& topic : subscriptions_)
    mosquitto_subscribe(handle_.get(), nullptr, topic.c_str(), 1);
  connected_();
}

/// The session is gone: try again after a while, longer each time, up to five seconds.
void mqtt_session::lost() {
  is_connected_ = false;
  is_writing_ = false;
  if (socket_.is_open()) socket_.release();
  if (is_cut_) return;
  failures_ = std::min(failures_ + 1, 10);
  retry_.expires_after(pause_after_loss ? pause_after_loss(failures_)
                                        : std::chrono::milliseconds{500 * failures_});
  retry_.async_wait([this, alive = alive_](const boost::system::error_code& stopped) {
    if (*alive && !stopped) connect();
  });
}

void mqtt_session::watch_reads() {
  socket_.async_wait(
      boost::asio::posix::stream_descriptor::wait_read,
      [this, alive = alive_, handle = handle_.get()](const boost::system::error_code& stopped) {
        if (!*alive || stopped || handle != handle_.get()) return;
        if (mosquitto_loop_read(handle, 64) != MOSQ_ERR_SUCCESS) return lost();
        flush_writes();
        watch_reads();
      });
}

void mqtt_session::flush_writes() {
  if (is_writing_ || handle_ == nullptr || !socket_.is_open() || !mosquitto_want_write(handle_.get())) return;
  is_writing_ = true;
  socket_.async_wait(
      boost::asio::posix::stream_descriptor::wait_write,
      [this, alive = alive_, handle = handle_.get()](const boost::system::error_code& stopped) {
        if (!*alive || stopped || handle != handle_.get()) return;
        is_writing_ = false;
        if (mosquitto_loop_write(handle, 64) != MOSQ_ERR_SUCCESS) return lost();
        flush_writes();
      });
}

void mqtt_session::keep_alive() {
  misc_.expires_after(misc_every);
  misc_.async_wait([this, alive = alive_](const boost::system::error_code& stopped) {
    if (!*alive || stopped) return;
    if (is_connected_ && mosquitto_loop_misc(handle_.get()) != MOSQ_ERR_SUCCESS) lost();
    flush_writes();
    keep_alive();
  });
}

void mqtt_session::log_in_as(std::string user, std::string password) {
  user_ = std::move(user);
  password_ = std::move(password);
}

void mqtt_session::cut() {
  is_cut_ = true;
  is_connected_ = false;
  is_writing_ = false;
  if (socket_.is_open()) socket_.release();
  handle_.reset();  // Closes the socket without DISCONNECT: the broker finds out by itself.
}

void mqtt_session::mend() {
  if (!is_cut_) return;
  is_cut_ = false;
  connect();
}

bool mqtt_session::publish(const std::string& topic, const std::vector<std::uint8_t>& bytes, int qos) {
  if (!is_connected_) return false;
  const int size = static_cast<int>(bytes.size());
  if (mosquitto_publish(handle_.get(), nullptr, topic.c_str(), size, bytes.data(), qos, false) !=
      MOSQ_ERR_SUCCESS) {
    return false;
  }
  flush_writes();
  return true;
}

}  // namespace city
