#pragma once
/// How cabinets ask and are answered: signed query parameters, an envelope of their own.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/desk.hpp"
#include "http/server/endpoint.hpp"
#include "protocols/kiosks/cabinet_topic.hpp"

namespace chautari {

/// {"code":200,"type":0,"data":...,"msg":"OK","time":<ms>}; `data_json` is JSON text.
void answer_cabinet(exchange& in, std::string_view data_json);
/// The same with the status as its code and no data.
void fail_cabinet(exchange& in, int status, std::string_view what);
/// Refused: 401, 403 or 429 where the cabinet is; everything else is a 500, after which it calls again.
void answer_cabinet_refusal(exchange& in, const caf::error& why);

/// The cabinet named by the parameter, if the call is signed over exactly these; else it has been answered. A
/// parameter that is missing is signed as empty text, `signal` as "0".
[[nodiscard]] std::optional<imei> caller_of(exchange& in, std::string_view name,
                                            std::initializer_list<std::string_view> signed_names);

/// The parameter; empty if it is missing.
[[nodiscard]] std::string_view given(const exchange& in, std::string_view name);
/// Printable ASCII of it, at most so many bytes: it goes into logs and the database.
[[nodiscard]] std::string plain_text(std::string_view text, std::size_t bytes_max);

/// A row that everybody may call, a thousand times a minute from one address.
[[nodiscard]] endpoint cabinet_row(http_method verb, std::string path, std::string summary,
                                   std::function<void(exchange&)> handle);

}  // namespace chautari
