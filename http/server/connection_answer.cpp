/// The answer's bytes: which status, which coding, which headers.

#include <array>
#include <charconv>

#include "http/server/connection.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {
// Copying less is cheaper than a second buffer to write.
constexpr std::size_t inline_body_bytes_max = 32 * 1024;
}  // namespace

void connection::send(reply answer) {
  if (stage_ == stage::closed) return;
  int status = answer.status;
  const auto* kept = answer.shared.get();
  if (kept != nullptr && status == 200 && !kept->etag.empty()) {
    if (const auto known = header("If-None-Match"); known && etag_matches(*known, kept->etag)) status = 304;
  }
  payload body{.bytes = kept != nullptr ? std::string_view{kept->body} : std::string_view{answer.body}};
  const bool has_body = status != 304 && status != 204;
  if (!has_body) body.bytes = {};
  choose_coding(answer, body);

  const bool wants_open = is_head_judged_ && parser_ && parser_->keep_alive();
  closes_after_ = closes_after_ || answer.close || !wants_open || home_.is_draining();
  write_head(answer, status, body, !closes_after_);
  if (has_body && exchange_.verb_ != http_method::head) {
    if (body.bytes.size() <= inline_body_bytes_max) {
      out_ += body.bytes;
    } else if (kept != nullptr) {
      shared_tail_ = answer.shared;
      tail_view_ = body.bytes;
    } else {
      tail_ = std::move(answer.body);
      tail_view_ = tail_;
    }
  }
  report(status);
  pass_.reset();
  stage_ = stage::idle;
  deadline_ = home_.now() + home_.setup.options.idle_within;
  run();
}

void connection::choose_coding(reply& answer, payload& body) const {
  if (body.bytes.size() <= limits::compress_above_bytes) return;
  const auto accepted = header("Accept-Encoding");
  if (!accepted || !accepts_gzip(*accepted)) return;
  if (answer.shared) {
    if (answer.shared->gzip.empty()) return;
    body = {answer.shared->gzip, true};
    return;
  }
  if (!answer.content_type.starts_with("application/json") && !answer.content_type.starts_with("text/"))
    return;
  auto packed = compress_gzip(body.bytes);
  if (packed.empty() || packed.size() >= body.bytes.size()) return;
  answer.body = std::move(packed);
  body = {answer.body, true};
}

void connection::write_head(const reply& answer, int status, const payload& body, bool keeps_open) {
  const auto append_number = [this](std::size_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out_.append(digits.data(), end);
  };
  out_ += "HTTP/1.1 ";
  append_number(static_cast<std::size_t>(status));
  out_ += ' ';
  out_ += reason_of(status);
  out_ += "\r\nDate: ";
  out_ += home_.date();
  out_ += "\r\nX-Request-Id: ";
  out_ += exchange_.request_id_;
  if (status != 204 && status != 304) {
    out_ += "\r\nContent-Type: ";
    out_ += answer.shared ? std::string_view{answer.shared->content_type} : answer.content_type;
    out_ += "\r\nContent-Length: ";
    append_number(body.bytes.size());
    if (body.is_gzip) out_ += "\r\nContent-Encoding: gzip";
  }
  out_ += "\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n";
  if (!keeps_open) out_ += "Connection: close\r\n";
  if (answer.shared) {
    if (!answer.shared->etag.empty()) append_header(out_, "ETag", answer.shared->etag);
    if (!answer.shared->cache_control.empty())
      append_header(out_, "Cache-Control", answer.shared->cache_control);
  } else {
    out_ += "Cache-Control: no-store\r\n";
  }
  out_ += "Vary: Accept-Encoding\r\n";
  out_ += answer.headers;
  out_ += "\r\n";
}

void connection::report(int status) const {
  const auto took = home_.now() - began_at_;
  home_.setup.probe->request_finished({.route = route(),
                                       .method = to_text(exchange_.verb_),
                                       .status = status,
                                       .took_s = std::chrono::duration<double>(took).count(),
                                       .request_id = exchange_.request_id_,
                                       .shed_as = exchange_.shed_as_});
}

}  // namespace chautari
