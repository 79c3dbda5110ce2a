"""Captions and transcripts with times: WebVTT and SRT."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from willakuy.reading.documents.decoding import decode
from willakuy.reading.errors import DocumentDamaged
from willakuy.reading.layers import Block, TextLayer

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]+)>")
_TAG = re.compile(r"</?[^>\n]{1,80}>")
_LABEL = re.compile(r"(?:-\s*)?(?:>>\s*)?([A-ZÁÉÍÓÚÑ][\w.'’ ÁÉÍÓÚÑáéíóúñ-]{1,48}?):\s+")
_PAUSE_MS = 3000
"""A silence this long ends a paragraph of speech."""


@dataclass(frozen=True, slots=True)
class _Cue:
    start_ms: int
    end_ms: int
    voice: str | None
    words: str


def read(data: bytes, name: str, media_type: str, sha256: str) -> TextLayer:
    """The spoken words, a line for each cue and a blank line where the voice changes or falls silent.

    Each block carries its times and, where the captions name it, its voice. A voice that captions print as
    "NAME: …" is kept in the text, one that a ``<v NAME>`` tag gives is printed the same way, so that a citation of
    the speaker has words to point at.

    Raises:
        DocumentDamaged: not one cue has a readable time.
    """
    source, encoding = decode(data)
    cues = list(_cues(source))
    if not cues:
        raise DocumentDamaged(file=name, kind="WebVTT" if media_type == "text/vtt" else "SRT")
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    last: _Cue | None = None
    for cue in cues:
        is_new = last is None or cue.voice is not None or cue.start_ms - last.end_ms > _PAUSE_MS
        gap = "" if last is None else "\n\n" if is_new else "\n"
        label = f"{cue.voice}: " if cue.voice else ""
        parts += [gap, label, cue.words]
        at += len(gap)
        start = at + len(label)
        if is_new:
            voice_at = (at, at + len(cue.voice)) if cue.voice else None
            blocks.append(Block(start, start + len(cue.words), "speech", cue.voice, voice_at, cue.start_ms, cue.end_ms))
        else:
            open_ = blocks[-1]
            blocks[-1] = Block(
                open_.start, start + len(cue.words), "speech", open_.voice, open_.voice_at, open_.start_ms, cue.end_ms
            )
        at = start + len(cue.words)
        last = cue
    return TextLayer("".join(parts), media_type, sha256, name=name, encoding=encoding, blocks=tuple(blocks))


def _cues(source: str) -> list[_Cue]:
    found = []
    voice_before: str | None = None
    for chunk in re.split(r"\n[ \t]*\n", source):
        lines = chunk.split("\n")
        for i, line in enumerate(lines):
            if m := _TIMING.match(line):
                body = "\n".join(lines[i + 1 :]).strip()
                voice, words = _voiced(body)
                is_change = voice is not None and voice != voice_before
                voice_before = voice or voice_before
                if words:
                    found.append(_Cue(_ms(*m.groups()[:4]), _ms(*m.groups()[4:]), voice if is_change else None, words))
                break
    return found


def _voiced(body: str) -> tuple[str | None, str]:
    tagged = _VOICE.search(body)
    words = html.unescape(_TAG.sub("", body)).strip()
    if tagged:
        return " ".join(html.unescape(tagged[1]).split()), words
    if (label := _LABEL.match(words)) and len(label[1].split()) <= 6:
        return label[1].strip(), words[label.end() :].strip()
    return None, words


def _ms(hours: str | None, minutes: str, seconds: str, fraction: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
