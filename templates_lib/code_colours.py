"""Source code with coloured words, made on the server; the colours are classes, not styles."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import JavaLexer, TextLexer, get_lexer_by_name

# Beyond these lengths a source is shown plain: several lexers need quadratic time for a long source
# or line that was written to keep them busy. tests/templates_lib/test_code_colours.py tries them.
MAX_COLOURED_CHARS = 8_000
MAX_COLOURED_LINE_CHARS = 300
# The lexer of Terraform reads all that follows again for each here-document.
MAX_COLOURED_HEREDOCS = 20

# Only these are coloured: Pygments knows some five hundred more.
LANGUAGES = {
    "plaintext": "Plain text",
    "bash": "Bash",
    "css": "CSS",
    "diff": "Diff",
    "dockerfile": "Dockerfile",
    "go": "Go",
    "html": "HTML",
    "ini": "INI",
    "java": "Java",
    "javascript": "JavaScript",
    "json": "JSON",
    "markdown": "Markdown",
    "nginx": "Nginx",
    "php": "PHP",
    "powershell": "PowerShell",
    "promql": "PromQL",
    "python": "Python",
    "ruby": "Ruby",
    "rust": "Rust",
    "sql": "SQL",
    "terraform": "Terraform",
    "toml": "TOML",
    "typescript": "TypeScript",
    "xml": "XML",
    "yaml": "YAML",
}
_ALIASES = {
    **{"console": "bash", "shell": "bash", "sh": "bash", "zsh": "bash"},
    **{"docker": "dockerfile", "golang": "go", "hcl": "terraform", "tf": "terraform"},
    **{"cfg": "ini", "htm": "html", "js": "javascript", "md": "markdown"},
    **{"patch": "diff", "postgresql": "sql", "py": "python", "python3": "python"},
    **{"ps1": "powershell", "rb": "ruby", "rs": "rust", "text": "plaintext", "txt": "plaintext"},
    **{"ts": "typescript", "yml": "yaml"},
}
# As offered to editors.
LANGUAGE_CHOICES = list(LANGUAGES.items())

_formatter = HtmlFormatter(nowrap=True)


def language_of(name: str) -> str:
    """The name under which a language is coloured here; ``plaintext`` for what is not known."""
    name = name.strip().lower()
    name = _ALIASES.get(name, name)
    return name if name in LANGUAGES else "plaintext"


_SIGNATURE_START = r"(\s*)(\()"


class _JavaLexer(JavaLexer):
    """Java without the rule for names of methods, which backtracks over long runs of words."""

    name = "Java (bounded)"
    aliases = ["java-bounded"]
    tokens = {
        **JavaLexer.tokens,
        "root": [
            rule for rule in JavaLexer.tokens["root"] if not str(rule[0]).endswith(_SIGNATURE_START)
        ],
    }


@cache
def _lexer(language: str) -> Lexer:
    # Leading empty lines are part of the source.
    if language == "plaintext":
        return TextLexer(stripnl=False)
    if language == "java":
        return _JavaLexer(stripnl=False)
    return get_lexer_by_name(language, stripnl=False)


def _is_bounded(source: str) -> bool:
    if len(source) > MAX_COLOURED_CHARS or source.count("<<") > MAX_COLOURED_HEREDOCS:
        return False
    return max(map(len, source.split("\n")), default=0) <= MAX_COLOURED_LINE_CHARS


def highlight(source: str, language: str = "") -> SafeString:
    """Return ``<pre class="code"><code>``; an unknown language is shown plain, never refused."""
    language = language_of(language or "")
    # Space at the end of a line is not seen, but lexers try many ways to read it.
    lines = [line.rstrip() for line in (source or "").split("\n")]
    text = "\n".join(lines).rstrip("\n")
    lexer = _lexer(language if _is_bounded(text) else "plaintext")
    coloured = pygments_highlight(text, lexer, _formatter)
    return format_html(
        '<pre class="code" tabindex="0"><code class="language-{}">{}</code></pre>',
        language,
        mark_safe(coloured.rstrip("\n")),  # noqa: S308 - Pygments escapes the source
    )
