"""The rules behind scripts/check_house: tables first, then what reads them. The standard library only."""

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess

import cpp_text

# ---- the rules
# -------------------------------------------------------------------------------------------------------

file_lines_max = 400
function_lines_max = 70
line_columns_max = 110
product_lines_max = 63_000

layers = ("protocols", "actors", "http", "persistence", "config")
folders = layers + ("bench", "tests", "scripts")

# Which of our folders a folder may include. Those not named here (bench, tests) may include everything.
arrows = {
    "protocols": {"protocols"},
    "actors": {"actors", "protocols"},
    "http": {"http", "protocols"},
    "persistence": {"persistence", "protocols"},
    "config": set(layers),
}

# A library by what its headers' paths look like, and its homes among the layers. `config` may include every
# library but paho.
libraries = {
    "paho": (r"mqtt/|MQTT\w+\.h$", ("protocols/mqtt/",)),
    "CAF": (r"caf/", ("protocols/", "actors/", "persistence/", "http/server/desk", "config/")),
    "SOCI": (r"soci/", ("persistence/", "config/")),
    "libpq": (r"libpq-fe\.h$|postgresql/", ("persistence/", "config/")),
    "prometheus-cpp": (r"prometheus/", ("config/",)),
    "Asio and Beast": (r"boost/(asio|beast)", ("http/", "config/")),
    "OpenSSL": (r"openssl/", ("protocols/", "http/", "config/")),
    "libargon2": (r"argon2\.h$", ("protocols/operators/",)),
    "liboath": (r"liboath/", ("protocols/operators/",)),
    "libcurl": (r"curl/", ("http/outbound/", "config/")),
    "toml++": (r"toml\+\+/", ("config/",)),
    "CLI11": (r"CLI/", ("config/",)),
    "spdlog": (r"spdlog/", ("config/",)),
    "GoogleTest": (r"g(test|mock)/", ()),
    "Google Benchmark": (r"benchmark/", ()),
}

# What code may not say, and the folders that are its home. Comments and literals do not count.
bans = {
    "system_clock::now": (r"\bsystem_clock\s*::\s*now\b", ("config/",), "time is injected (base/time.hpp)"),
    "sleep_for": (r"\bsleep_(for|until)\b|\bu?sleep\s*\(", (), "wait for the fact, not for the clock"),
    "scoped_actor": (r"\bscoped_actor\b", (), "blocks a thread; send a message or use a promise"),
    "raw new": (r"(?<!operator )\bnew\b(?=\s*[\w:(<])", (), "use make_unique, make_shared or a value"),
    "catch (...)": (r"\bcatch\s*\(\s*\.\.\.\s*\)", (), "catch what you can handle"),
}

# Statements, not words: a literal that begins like one.
sql_text = re.compile(
    r"""^\s*(?:select\s+(?:[\w.,()*:'"\s]+\sfrom\s|1\b|\*|pg_|set_config|current_|nextval|txid)
          |insert\s+into\s|update\s+[\w."]+\s+set\s|delete\s+from\s|truncate\s+(?:table\s|\w+\s*$)
          |(?:create|alter|drop)\s+(?:table|index|unique|role|database|schema|function|type|extension)\b
          |with\s+\w+\s+as\s*\(|copy\s+\w+.*\sfrom\s+stdin|begin\s*;|(?:un)?listen\s+\w+$)""",
    re.IGNORECASE | re.VERBOSE,
)

root_entries = {
    *folders, "CMakeLists.txt", "CMakePresets.json", "README.md", "ARCHITECTURE.md", "LICENSE",
    ".ci", ".clang-format", ".gitignore", ".gitattributes",
}

secrets = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE" + " KEY-----"),
    "AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "password in a configuration": re.compile(
        r"""^\s*\w*(?:password|secret|pepper)\s*=\s*["'][^"'$@]+["']""", re.IGNORECASE | re.MULTILINE
    ),
}
secret_names = re.compile(r"\.(pem|key|p12|pfx|jks)$|(^|/)(\.env|id_ed25519|id_rsa|\.pgpass)$")
unfinished = re.compile(r"\b(TO" + "DO|FIX" + r"ME|XX" + r"X)\b")

cpp_names = (".cpp", ".hpp")
code_names = (*cpp_names, ".sql", ".sh", ".py", ".ts", ".tsx", ".mjs", ".css", ".cmake", "CMakeLists.txt")
configuration_names = (".toml", ".conf", ".in", ".yml", ".yaml", ".service", ".env")
clang_format_major = "14"  # other versions disagree about details


@dataclasses.dataclass(frozen=True)
class finding:
    path: str
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.what}"


# ---- one file
# --------------------------------------------------------------------------------------------------------


def in_homes(path: str, homes: tuple) -> bool:
    return any(path.startswith(home) for home in homes)


def check_size(path: str, text: str):
    lines = text.split("\n")
    count = len(lines) - (lines[-1] == "")
    if count > file_lines_max:
        yield finding(path, count, "file size", f"{count} lines, at most {file_lines_max}")
    for number, line in enumerate(lines, 1):
        if len(line) > line_columns_max:
            yield finding(path, number, "line length", f"{len(line)} columns, at most {line_columns_max}")


def check_includes(path: str, text: str, paths: set):
    layer = path.split("/", 1)[0]
    includes = cpp_text.includes(text)
    own = path.removesuffix(".cpp") + ".hpp"
    if path.endswith(".cpp") and own in paths and (not includes or includes[0].name != own):
        line = includes[0].line if includes else 1
        yield finding(path, line, "own header first", f'"{own}" comes before all others')
    for include in includes:
        target = include.name.split("/", 1)[0]
        if include.quoted and target not in folders:
            yield finding(path, include.line, "include path", f'"{include.name}" is not from the root')
        elif include.quoted and target not in arrows.get(layer, folders):
            yield finding(path, include.line, "arrow", f"{layer}/ may not include {target}/ ({include.name})")
        elif not include.quoted and layer in layers:
            for library, (pattern, homes) in libraries.items():
                if re.match(pattern, include.name) and not in_homes(path, homes):
                    yield finding(path, include.line, "library", f"no home of {library}: {include.name}")


def check_cpp(path: str, text: str, paths: set):
    yield from check_includes(path, text, paths)
    code, literals = cpp_text.separate(text)
    for name, (pattern, homes, why) in bans.items():
        if not in_homes(path, homes):
            for match in re.finditer(pattern, code):
                yield finding(path, cpp_text.line_of(code, match.start()), "ban", f"{name}: {why}")
    if not path.startswith("tests/"):
        for line, literal in literals:
            if sql_text.match(literal):
                yield finding(path, line, "SQL in C++", "statements live in .sql files")
    for line, length in cpp_text.functions(code):
        if length > function_lines_max:
            yield finding(path, line, "function size", f"{length} lines, at most {function_lines_max}")
    if path.endswith(".hpp") and "#pragma once" not in text:
        yield finding(path, 1, "pragma once", "missing")
    name = pathlib.PurePath(path).name
    if not re.fullmatch(r"[a-z0-9_]+\.[ch]pp", name):
        yield finding(path, 1, "name", "files are snake_case")


def check_file(root: pathlib.Path, path: str, paths: set):
    if secret_names.search(path):
        yield finding(path, 1, "secret", "files of this name hold secrets")
    try:
        text = (root / path).read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return  # not text, or deleted and not yet committed
    for name, pattern in secrets.items():
        configuration = path.endswith(configuration_names)
        if name.startswith("password") and not configuration:
            continue
        for match in pattern.finditer(text):
            yield finding(path, cpp_text.line_of(text, match.start()), "secret", name)
    if path.endswith(code_names) or text.startswith("#!"):
        yield from check_size(path, text)
        for match in unfinished.finditer(text):
            line = cpp_text.line_of(text, match.start())
            yield finding(path, line, "ban", f"{match[0]}: do it or write an issue")
    if path.endswith(cpp_names):
        yield from check_cpp(path, text, paths)


# ---- the tree
# --------------------------------------------------------------------------------------------------------


def tree(root: pathlib.Path) -> list:
    """Every file that is or would be committed; without git, every file outside of build/ and var/."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (root / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
    else:
        listed = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
        listed = [path for path in listed if not path.startswith(("build/", "var/"))]
    return sorted(path for path in set(listed) if path and (root / path).is_file())


def check_tree(paths: list):
    for entry in sorted({path.split("/", 1)[0] for path in paths} - root_entries):
        yield finding(entry, 1, "root", "has no place in the root of the tree")
    for folder in folders:
        if f"{folder}/README.md" not in paths:
            yield finding(folder, 1, "README", "says in a few lines what lives here and what may not")


def check_formatting(root: pathlib.Path, paths: list):
    """clang-format's opinion of every C++ file, one process a core. Skipped where it is not installed."""
    program = shutil.which(f"clang-format-{clang_format_major}") or shutil.which("clang-format")
    sources = [path for path in paths if path.endswith(cpp_names)]
    if not program or not sources or not (root / ".clang-format").is_file():
        return
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if f"version {clang_format_major}." not in version:
        return
    cores = os.cpu_count() or 1

    def judge(share: list) -> str:
        command = [program, "--dry-run", *share]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stderr

    shares = [sources[start::cores] for start in range(min(cores, len(sources)))]
    with concurrent.futures.ThreadPoolExecutor(cores) as workers:
        seen = set()
        for output in workers.map(judge, shares):
            for path, line in re.findall(r"^(.+?):(\d+):\d+: warning: code should be", output, re.MULTILINE):
                if path not in seen:  # the first place in each file is enough to know
                    seen.add(path)
                    yield finding(path, int(line), "format", "run clang-format -i on it")


def check_shell(root: pathlib.Path, paths: list):
    """shellcheck's opinion of every shell script. Skipped where it is not installed."""
    shebang = re.compile(r"#!\S*[/ ](ba)?sh\b")
    scripts = []
    for path in paths:
        if path.startswith(("scripts/", "tests/", ".ci/")) and "." not in pathlib.PurePath(path).stem:
            with open(root / path, encoding="utf-8", errors="replace") as file:
                if path.endswith(".sh") or shebang.match(file.readline()):
                    scripts.append(path)
    if not scripts or not shutil.which("shellcheck"):
        return
    command = ["shellcheck", "-x", "-P", "SCRIPTDIR", "-S", "warning", "-f", "gcc", *scripts]
    output = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    for path, line, what in re.findall(r"^(.+?):(\d+):\d+: (.+)$", output, re.MULTILINE):
        yield finding(path, int(line), "shell", what)


known_failures = "tests/known_failures.md"
gtest_name = re.compile(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", re.MULTILINE)


def check_known_failures(root: pathlib.Path, paths: list):
    """Every known failure has a test, and every test it names exists."""
    if known_failures not in paths:
        return
    tests = set()
    for path in paths:
        if path.startswith("tests/") and path.endswith("_test.cpp"):
            text = (root / path).read_text(encoding="utf-8", errors="replace")
            tests.update(".".join(name) for name in gtest_name.findall(text))
    seen = []
    text = (root / known_failures).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        row = re.match(r"\| F-(\d\d) \|.*\|(.*)\|$", line)
        if not row:
            continue
        seen.append(int(row[1]))
        named = re.findall(r"`([^`]+)`", row[2])
        if not named:
            yield finding(known_failures, number, "known failure", f"F-{row[1]} names no test")
        for name in named:
            if name not in tests and name not in paths:
                yield finding(known_failures, number, "known failure", f"there is no test {name}")
    if seen != list(range(1, len(seen) + 1)):
        yield finding(known_failures, 1, "known failure", "a number is missing, twice there or out of order")


def code_lines(text):
    """Lines that say something to the compiler: neither blank nor nothing but a comment."""
    return sum(1 for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("//", "--")))


def check(root: pathlib.Path):
    """All findings in the tree, and how many lines of product code it has."""
    paths = tree(root)
    known = set(paths)
    findings = list(check_tree(paths))
    lines = 0
    for path in paths:
        findings.extend(check_file(root, path, known))
        if path.endswith((*cpp_names, ".sql", ".ts", ".tsx")) and path.split("/", 1)[0] in layers:
            lines += code_lines((root / path).read_text(encoding="utf-8", errors="replace"))
    if lines > product_lines_max:
        what = f"{lines} lines of product code, at most {product_lines_max}"
        findings.append(finding(".", 1, "product size", what))
    findings.extend(check_known_failures(root, paths))
    findings.extend(check_formatting(root, paths))
    findings.extend(check_shell(root, paths))
    return findings, lines
