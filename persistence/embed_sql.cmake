# Run by the build: cmake -DROOT=<persistence> -DOUTPUT=<folder> -P embed_sql.cmake
# Every *.sql below ROOT becomes a constant named after its path: rentals/put_rentals.sql is
# sql::rentals_put_rentals. A misspelt name is then a compiler's error. Comments stay in the files, but for
# migrations, which are kept byte for byte because their checksum is stored.
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/*.sql)
list(SORT files)
set(declarations "")
set(definitions "")
set(migrations "")
foreach(file IN LISTS files)
  file(READ ${ROOT}/${file} body)
  file(SHA256 ${ROOT}/${file} sum)
  string(REGEX REPLACE "\\.sql$" "" path ${file})
  string(REPLACE "/" "_" name ${path})
  if(file MATCHES "^migrations/")
    get_filename_component(step ${path} NAME)
    string(APPEND migrations "  {\"${step}\", R\"sql(${body})sql\", \"${sum}\"},\n")
  else()
    string(REGEX REPLACE "--[^\n]*" "" body "${body}")
    string(REGEX REPLACE "\n([ \t]*\n)+" "\n" body "${body}")
    string(APPEND declarations "extern const text ${name};\n")
    string(APPEND definitions "const text ${name}{\"${path}\", R\"sql(${body})sql\", \"${sum}\"};\n")
  endif()
endforeach()
set(header "#pragma once
// Made by persistence/embed_sql.cmake.
#include <span>
#include <string_view>
namespace chautari::sql {
struct text {
  std::string_view name;
  std::string_view body;
  std::string_view sha256;
};
std::span<const text> migrations();
${declarations}}
")
set(source "// Made by persistence/embed_sql.cmake.
#include \"persistence/sql_texts.hpp\"
namespace chautari::sql {
${definitions}static const text steps[] = {
${migrations}};
std::span<const text> migrations() { return steps; }
}
")
file(WRITE ${OUTPUT}/persistence/sql_texts.hpp "${header}")
file(WRITE ${OUTPUT}/persistence/sql_texts.cpp "${source}")
