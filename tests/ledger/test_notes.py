from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.ledger import Checkpoint, NoteNotValid, SigningKey, open_note, sign

KEY = SigningKey("willakuy/case/device", bytes(range(32)))
HEAD = Checkpoint("willakuy/case/device", 412, b"\x05" * 32)


def test_a_signed_checkpoint_opens_with_its_key():
    assert open_note(sign(HEAD, KEY), KEY.vkey) == HEAD


def test_another_key_does_not_open_it():
    other = SigningKey("willakuy/case/device", bytes(32))

    with pytest.raises(NoteNotValid):
        open_note(sign(HEAD, KEY), other.vkey)


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_no_bit_of_a_note_can_change(at, bit):
    note = bytearray(sign(HEAD, KEY).encode())
    note[at % len(note)] ^= 1 << bit

    with pytest.raises((NoteNotValid, UnicodeDecodeError)):
        open_note(note.decode(), KEY.vkey)


def test_a_note_without_its_last_newline_is_not_a_note():
    with pytest.raises(NoteNotValid):
        open_note(sign(HEAD, KEY).removesuffix("\n"), KEY.vkey)
