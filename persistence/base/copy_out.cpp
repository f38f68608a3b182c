#include "persistence/base/copy_out.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <exception>
#include <memory>
#include <string>

#include "persistence/base/json_row.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {
namespace {

struct free_by_libpq {
  void operator()(char* memory) const { PQfreemem(memory); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using copied_text = std::unique_ptr<char, free_by_libpq>;
using result = std::unique_ptr<PGresult, free_by_libpq>;

/// Splits one line, unescaping within its own memory: the text only ever gets shorter.
void split(char* line, std::size_t size, std::vector<std::string_view>& fields) {
  fields.clear();
  if (size > 0 && line[size - 1] == '\n') --size;
  char* out = line;
  char* begin = line;
  for (std::size_t at = 0; at < size; ++at) {
    const char c = line[at];
    if (c == '\t') {
      fields.emplace_back(begin, static_cast<std::size_t>(out - begin));
      begin = out;
    } else if (c == '\\' && at + 1 < size) {
      const char escaped = line[++at];
      switch (escaped) {
        case 'N':
          break;  // Null.
        case 'n':
          *out++ = '\n';
          break;
        case 't':
          *out++ = '\t';
          break;
        case 'r':
          *out++ = '\r';
          break;
        case 'b':
          *out++ = '\b';
          break;
        case 'f':
          *out++ = '\f';
          break;
        case 'v':
          *out++ = '\v';
          break;
        default:
          *out++ = escaped;
      }
    } else {
      *out++ = c;
    }
  }
  fields.emplace_back(begin, static_cast<std::size_t>(out - begin));
}

[[noreturn]] void refuse(PGconn* native) {
  throw database_error{database_error::kind::trouble, {}, PQerrorMessage(native)};
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

void copy_rows(PGconn* native, const sql::text& statement,
               const std::function<void(const copied_row&)>& each) {
  const result begun{PQexec(native, std::string{statement.body}.c_str())};
  if (PQresultStatus(begun.get()) != PGRES_COPY_OUT) refuse(native);
  std::vector<std::string_view> fields;
  const copied_row row{fields};
  char* memory = nullptr;
  for (int size = PQgetCopyData(native, &memory, 0); size != -1; size = PQgetCopyData(native, &memory, 0)) {
    if (size < 0) refuse(native);
    const copied_text line{memory};
    split(line.get(), static_cast<std::size_t>(size), fields);
    each(row);
  }
  for (result last{PQgetResult(native)}; last; last.reset(PQgetResult(native))) {
    if (PQresultStatus(last.get()) != PGRES_COMMAND_OK) refuse(native);
  }
}

}  // namespace

std::string_view copied_row::text(std::size_t at) const {
  if (at >= fields_.size()) throw schema_mismatch{"a copied row has too few columns"};
  return fields_[at];
}

std::int64_t copied_row::number(std::size_t at) const {
  const auto field = text(at);
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (failed != std::errc{} || end != field.data() + field.size())
    throw schema_mismatch{"a copied column is no number"};
  return value;
}

double copied_row::real(std::size_t at) const {
  const auto field = text(at);
  double value = 0;
  const auto [end, failed] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (failed != std::errc{} || end != field.data() + field.size())
    throw schema_mismatch{"a copied column is no number"};
  return value;
}

boost::uuids::uuid copied_row::uuid(std::size_t at) const {
  const auto field = text(at);
  boost::uuids::uuid id{};
  if (field.empty()) return id;
  if (field.size() != 36) throw schema_mismatch{"a copied column is no uuid"};
  std::size_t from = 0;
  for (auto& byte : id) {
    if (field[from] == '-') ++from;
    const int high = hex_value(field[from]);
    const int low = hex_value(field[from + 1]);
    if (high < 0 || low < 0) throw schema_mismatch{"a copied column is no uuid"};
    byte = static_cast<std::uint8_t>(high * 16 + low);
    from += 2;
  }
  return id;
}

/// "2026-01-02 03:04:05.678+00", in the session's UTC.
timestamp copied_row::time(std::size_t at) const {
  const auto field = text(at);
  if (field.empty()) return {};
  std::string text{field};
  text += ":00";
  const auto time = parse_rfc3339(text);
  if (!time) throw schema_mismatch{"a copied column is no time"};
  return *time;
}

void copy_out(database_connection& database, const sql::text& statement,
              const std::function<void(const copied_row&)>& each) {
  database.open();
  struct closing {
    database_connection& database;
    int exceptions = std::uncaught_exceptions();
    ~closing() {
      if (std::uncaught_exceptions() > exceptions) database.close();
    }
  } guard{database};
  copy_rows(static_cast<PGconn*>(database.native()), statement, each);
}

}  // namespace chautari
