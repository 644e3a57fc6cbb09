"""Source code with coloured words, made on the server; the colours are classes, not styles."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_lexer_by_name

# Beyond this length colouring costs more than it gives.
MAX_COLOURED_CHARS = 20_000

# Only these are coloured: Pygments knows some five hundred more, not all of them safe against
# a source that was written to keep them busy.
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


@cache
def _lexer(language: str) -> Lexer:
    # Leading empty lines are part of the source.
    return (
        TextLexer(stripnl=False)
        if language == "plaintext"
        else get_lexer_by_name(language, stripnl=False)
    )


def highlight(source: str, language: str = "") -> SafeString:
    """Return ``<pre class="code"><code>``; an unknown language is shown plain, never refused."""
    language = language_of(language or "")
    lexer = _lexer(language if len(source) <= MAX_COLOURED_CHARS else "plaintext")
    coloured = pygments_highlight(source.rstrip("\n"), lexer, _formatter)
    return format_html(
        '<pre class="code" tabindex="0"><code class="language-{}">{}</code></pre>',
        language,
        mark_safe(coloured.rstrip("\n")),  # noqa: S308 - Pygments escapes the source
    )
