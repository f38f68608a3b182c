"""Just enough of C++'s grammar to measure it: comments, literals, includes, and where functions begin.

No compiler, so it guesses where it must; the guesses hold for code formatted by our .clang-format.
"""

import bisect
import collections
import re

include_line = collections.namedtuple("include_line", "line name quoted")

# Numbers come before characters, so that the marks in 1'000'000 are not taken for them.
_token = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      |(?P<raw>R"(?P<fence>[^ ()\\\n]{0,16})\(.*?\)(?P=fence)")
      |(?P<text>"(?:\\.|[^"\\\n])*")
      |(?P<number>\b\d[\w.']*)
      |(?P<character>'(?:\\.|[^'\\\n])+')""",
    re.DOTALL | re.VERBOSE,
)
_include = re.compile(r'^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")', re.MULTILINE)
_directive = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
_template = re.compile(r"^\s*template\s*<")
_type_or_namespace = re.compile(r"^\s*(?:inline\s+)?(?:namespace|struct|class|union|enum|extern)\b")
_member_list = re.compile(r"\)\s*(?:noexcept(?:\([^)]*\))?\s*)?:(?!:)")
_lambda = re.compile(r"\]\s*(\([^()]*\))?[^()]*$")
_body_words = ("const", "noexcept", "override", "final", "try", "mutable")


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def includes(text: str) -> list:
    found = []
    for match in _include.finditer(text):
        position = match.start() + len(match[0]) - len(match[0].lstrip())
        found.append(include_line(line_of(text, position), match[1] or match[2], match[2] is not None))
    return found


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def separate(text: str):
    """The code with comments, literals and directives blanked out, and the literals with their lines."""
    literals = []

    def replace(match) -> str:
        kind = match.lastgroup if match.lastgroup != "fence" else "raw"
        if kind == "number":
            return match[0]
        if kind == "raw":
            body = match[0][match[0].index("(") + 1 : match[0].rindex(")")]
            literals.append((line_of(text, match.start()), body))
        elif kind == "text":
            literals.append((line_of(text, match.start()), match[0][1:-1]))
        return _blank(match[0])

    code = _token.sub(replace, text)
    return _directive.sub(lambda match: _blank(match[0]), code), literals


def _without_template(header: str) -> str:
    while match := _template.match(header):
        depth, position = 1, match.end()
        while position < len(header) and depth:
            depth += {"<": 1, ">": -1}.get(header[position], 0)
            position += 1
        header = header[position:]
    return header


def _opens(header: str) -> str:
    """What a `{` after this text opens: a scope (type, namespace), function, member initializer or value."""
    header = _without_template(header)
    if _type_or_namespace.match(header) and not re.search(r"\)\s*(const|noexcept|override)?\s*$", header):
        return "scope"
    last_word = re.search(r"(\w+)\s*$", header)
    if _member_list.search(header) and last_word and last_word[1] not in _body_words:
        return "member"
    if header.count("(") > header.count(")") and not _lambda.search(header):
        return "member"  # a default argument
    if "(" in header and not re.search(r"[=,(]\s*$", header):
        return "function" if not re.search(r"=\s*[\w:<>, ]+$", header) else "value"
    return "value" if header.strip() else "scope"


def functions(code: str) -> list:
    """(first line, number of lines) of every function; a lambda inside one belongs to it. See separate()."""
    line_starts = [0] + [match.end() for match in re.finditer("\n", code)]
    found, stack = [], []
    header_start, inside = 0, 0
    for match in re.finditer(r"[{};]|\b(?:public|private|protected)\s*:", code):
        mark, position = match[0], match.start()
        if mark == "{":
            kind = "inner" if inside else _opens(code[header_start:position])
            stack.append((kind, header_start))
            if kind == "function":
                inside = 1
            elif inside:
                inside += 1
            if kind in ("scope", "value"):
                header_start = match.end()
        elif mark == "}" and stack:
            kind, began = stack.pop()
            if inside:
                inside -= 1
            if kind == "function":
                text = code[began:position]
                first = bisect.bisect_right(line_starts, began + len(text) - len(text.lstrip()))
                found.append((first, bisect.bisect_right(line_starts, position) - first + 1))
            header_start = began if kind == "member" else match.end() if kind != "inner" else header_start
        elif mark != "}" and not inside and (not stack or stack[-1][0] != "member"):
            header_start = match.end()
    return found
