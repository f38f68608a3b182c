#!/usr/bin/env python3
"""Bad houses for scripts/check_house: each breaks one rule, and must be objected to for it and no other."""

import pathlib
import shutil
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts/lib"))
import cpp_text  # noqa: E402  (found through the line above)
import house  # noqa: E402

long_function = "int f() {\n" + "  g();\n" * 69 + "}\n"
sample = "namespace chautari {\nint f() { return 1; }\n}  // namespace chautari\n"

# (where, what it says, the rule it breaks)
bad_files = [
    ("actors/a.cpp", '#include "http/a.hpp"\n', "arrow"),
    ("actors/a.cpp", '#include "persistence/a.hpp"\n', "arrow"),
    ("http/a.cpp", '#include "actors/rentals/a.hpp"\n', "arrow"),
    ("persistence/a.cpp", '#include "config/settings.hpp"\n', "arrow"),
    ("protocols/a.cpp", '#include "actors/a.hpp"\n', "arrow"),
    ("config/a.cpp", '#include "tests/support/a.hpp"\n', "arrow"),
    ("actors/a.cpp", '#include "a.hpp"\n', "include path"),
    ("actors/a.cpp", '#include "../protocols/a.hpp"\n', "include path"),
    ("protocols/kiosks/a.cpp", "#include <mqtt/async_client.h>\n", "library"),
    ("config/a.cpp", "#include <MQTTAsync.h>\n", "library"),
    ("http/rentals/a.cpp", "#include <caf/all.hpp>\n", "library"),
    ("actors/a.cpp", "#include <soci/soci.h>\n", "library"),
    ("http/a.cpp", "#include <prometheus/counter.h>\n", "library"),
    ("actors/a.cpp", "#include <boost/asio/io_context.hpp>\n", "library"),
    ("protocols/a.cpp", "#include <boost/beast/http.hpp>\n", "library"),
    ("persistence/a.cpp", "#include <spdlog/spdlog.h>\n", "library"),
    ("http/a.cpp", "#include <curl/curl.h>\n", "library"),
    ("actors/a.cpp", "#include <gtest/gtest.h>\n", "library"),
    ("actors/a.cpp", "auto t = std::chrono::system_clock::now();\n", "ban"),
    ("tests/a/a_test.cpp", "std::this_thread::sleep_for(1s);\n", "ban"),
    ("config/a.cpp", "caf::scoped_actor self{system};\n", "ban"),
    ("actors/a.cpp", "auto* p = new rental{};\n", "ban"),
    ("bench/a.cpp", "int f() {\n  try {\n    g();\n  } catch (...) {\n  }\n}\n", "ban"),
    ("actors/a.cpp", "// TO" + "DO: later\n", "ban"),
    ("scripts/a", "#!/bin/sh\n# FIX" + "ME\n", "ban"),
    ("persistence/a.cpp", 'auto q = "select id from rentals";\n', "SQL in C++"),
    ("actors/a.cpp", 'auto q = R"sql(\n  INSERT INTO rentals (id) values (1))sql";\n', "SQL in C++"),
    ("bench/city/a.cpp", 'auto q = "update rentals set status = 1";\n', "SQL in C++"),
    ("actors/a.cpp", "\n" * 401, "file size"),
    ("persistence/a.sql", "-- " + "x" * 108 + "\n", "line length"),
    ("actors/a.cpp", long_function, "function size"),
    ("actors/a.cpp", "struct a {\n" + long_function + "};\n", "function size"),
    ("actors/a.cpp", "a::a(int b) : b_{b},\n c_{1} {\n" + "g();\n" * 70 + "}\n", "function size"),
    ("actors/a.cpp", "int f() {\n  auto l = [] {\n" + "g();\n" * 70 + "  };\n}\n", "function size"),
    ("actors/a.hpp", "int f();\n", "pragma once"),
    ("actors/RentalActor.cpp", sample, "name"),
    ("config/key.pem", "x\n", "secret"),
    ("config/a.md", "-----BEGIN PRIVATE" + " KEY-----\n", "secret"),
    ("config/a.toml", 'password = "hunter2"\n', "secret"),
    ("notes.txt", "x\n", "root"),
    ("helpers/a.md", "x\n", "root"),
]

# Close to a rule and within it.
good_files = [
    ("protocols/mqtt/a.cpp", "#include <mqtt/async_client.h>\n"),
    ("http/server/desk_ask.cpp", '#include <caf/all.hpp>\n\n#include "protocols/a.hpp"\n'),
    ("persistence/a.cpp", "#include <soci/soci.h>\n"),
    ("config/a.cpp", '#include <prometheus/counter.h>\n\n#include "actors/a.hpp"\n#include "http/a.hpp"\n'),
    ("tests/a/a_test.cpp", '#include <gtest/gtest.h>\n\n#include "http/a.hpp"\n'),
    ("tests/a/b_test.cpp", 'auto q = "select count(*) from rentals";\n'),
    ("config/clock.cpp", "auto t = std::chrono::system_clock::now();\n"),
    ("actors/a.cpp", '// a new rental, not sleep_for; catch (...)\nauto s = "new rental; update the set";\n'),
    ("actors/b.cpp", "constexpr auto n = 1'000'000; constexpr char c = '\"'; // \"\n" + sample),
    ("actors/c.cpp", long_function.replace("  g();\n", "", 1)),
    ("actors/d.cpp", "const table rows = {\n" + "    {1},\n" * 100 + "};\n"),
    ("actors/e.cpp", "enum class e {\n" + "  x,\n" * 100 + "};\n"),
    ("config/b.toml", 'password_file = "/run/secrets/x"\n# password = "never here"\n'),
]


class a_house(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="chautari-house-"))
        self.addCleanup(shutil.rmtree, self.root)
        for folder in house.folders:
            self.put(f"{folder}/README.md", "what lives here\n")

    def put(self, path: str, text: str):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def rules_broken(self) -> set:
        return {found.rule for found in house.check(self.root)[0]}

    def test_in_order_has_no_findings(self):
        for path, text in good_files:
            self.put(path, text)
        self.assertEqual([str(found) for found in house.check(self.root)[0]], [])

    def test_each_bad_file_breaks_its_rule_and_no_other(self):
        for path, text, rule in bad_files:
            with self.subTest(path=path, text=text[:60], rule=rule):
                self.put(path, text)
                self.assertEqual(self.rules_broken(), {rule})
                (self.root / path).unlink()

    def test_a_source_includes_its_own_header_first(self):
        self.put("actors/a.hpp", "#pragma once\n")
        self.put("actors/a.cpp", '#include <string>\n\n#include "actors/a.hpp"\n')
        self.assertEqual(self.rules_broken(), {"own header first"})
        self.put("actors/a.cpp", '#include "actors/a.hpp"\n\n#include <string>\n')
        self.assertEqual(self.rules_broken(), set())

    def test_a_folder_without_a_readme_is_found(self):
        (self.root / "bench/README.md").unlink()
        self.assertEqual(self.rules_broken(), {"README"})

    @unittest.skipUnless(shutil.which("clang-format"), "clang-format is not installed")
    def test_unformatted_code_is_found(self):
        shutil.copy(pathlib.Path(house.__file__).parents[2] / ".clang-format", self.root)
        self.put("actors/a.cpp", sample)
        self.assertEqual(self.rules_broken(), set())
        self.put("actors/a.cpp", sample.replace("return 1", "return  1"))
        self.assertEqual(self.rules_broken(), {"format"})

    @unittest.skipUnless(shutil.which("shellcheck"), "shellcheck is not installed")
    def test_a_careless_script_is_found(self):
        self.put("scripts/a", "#!/usr/bin/env bash\ncd $1\n")
        self.assertEqual(self.rules_broken(), {"shell"})

    def test_a_known_failure_without_a_living_test_is_found(self):
        self.put("tests/a/a_test.cpp", sample + "TEST(rental, ends_once) {}\n")
        self.put("tests/known_failures.md", "| F-01 | billed twice | `rental.ends_once` |\n")
        self.assertEqual(self.rules_broken(), set())
        for text in ("| F-01 | billed twice | `rental.ends_twice` |\n", "| F-01 | billed twice | |\n",
                     "| F-02 | billed twice | `rental.ends_once` |\n"):
            with self.subTest(text=text):
                self.put("tests/known_failures.md", text)
                self.assertEqual(self.rules_broken(), {"known failure"})

    def test_a_functions_lines_are_counted_from_its_head_to_its_brace(self):
        text = "namespace a {\n\n// Why.\ntemplate <class T>\nint f(T x = {}) {\n  return x;\n}\n"
        text += "\nint g() { return 1; }\n}\n"
        self.assertEqual(cpp_text.functions(cpp_text.separate(text)[0]), [(4, 4), (9, 1)])


if __name__ == "__main__":
    unittest.main()
