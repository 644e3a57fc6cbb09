"""JSON that was sent: how deep it may be, and only text that a database takes."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class SoundJSONParser(JSONParser):
    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            # Half of a pair of surrogates can be escaped in JSON; no answer could repeat it.
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError:
            raise ParseError(_("This JSON is nested too deeply.")) from None
        except UnicodeEncodeError:
            raise ParseError(_("This JSON holds text that is no Unicode.")) from None
        return data
