"""Names of pictographs between colons, those that documentation uses; others stay as they are."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import outside_code
from knowledge.exchange.imports.report import Note

_SIGNS = {
    **{"warning": "⚠️", "information_source": "ℹ️", "bulb": "💡", "memo": "📝", "pencil": "📝"},
    **{"white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️", "x": "❌"},
    **{"negative_squared_cross_mark": "❎", "exclamation": "❗", "question": "❓", "star": "⭐"},
    **{"rocket": "🚀", "tada": "🎉", "fire": "🔥", "bug": "🐛", "sparkles": "✨", "zap": "⚡"},
    **{"construction": "🚧", "lock": "🔒", "unlock": "🔓", "key": "🔑", "mag": "🔍", "link": "🔗"},
    **{"book": "📖", "books": "📚", "clipboard": "📋", "calendar": "📅", "package": "📦"},
    **{"gear": "⚙️", "wrench": "🔧", "hammer": "🔨", "hammer_and_wrench": "🛠️", "computer": "💻"},
    **{"rotating_light": "🚨", "no_entry": "⛔", "no_entry_sign": "🚫", "stop_sign": "🛑"},
    **{"arrow_right": "➡️", "arrow_left": "⬅️", "arrow_up": "⬆️", "arrow_down": "⬇️"},
    **{"point_right": "👉", "point_up": "☝️", "thumbsup": "👍", "+1": "👍", "thumbsdown": "👎"},
    **{"-1": "👎", "wave": "👋", "eyes": "👀", "heart": "❤️", "smile": "😄", "smiley": "😃"},
    **{"red_circle": "🔴", "green_circle": "🟢", "yellow_circle": "🟡", "large_blue_circle": "🔵"},
    **{"hourglass": "⌛", "alarm_clock": "⏰", "chart_with_upwards_trend": "📈", "email": "✉️"},
    **{"speech_balloon": "💬", "busts_in_silhouette": "👥", "dart": "🎯", "trophy": "🏆"},
}
_NAME = re.compile(r"(?<![\w:/]):([a-z0-9_+-]{1,30}):(?![\w:/])")


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    if ":" not in text:
        return text
    return outside_code(
        text, lambda part: _NAME.sub(lambda found: _SIGNS.get(found[1], found[0]), part)
    )
