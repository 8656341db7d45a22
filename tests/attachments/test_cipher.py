"""The encrypted form: it comes back whole, or not at all."""

from io import BytesIO
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.attachments import cipher
from arrimage.attachments.cipher import CHUNK, HEADER_BYTES, TAG, decrypted, encrypted, sealed_size
from arrimage.attachments.errors import ContentUnreadable
from arrimage.attachments.keys import new_key

UID = uuid4()
KEY = new_key()


def sealed(clear: bytes) -> bytes:
    return b"".join(encrypted(BytesIO(clear), KEY, UID))


def opened(content: bytes, key: bytes = KEY, uid=UID) -> bytes:
    return b"".join(decrypted(BytesIO(content), key, uid))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_it_comes_back(size):
    clear = bytes(number % 251 for number in range(size))
    content = sealed(clear)
    assert len(content) == sealed_size(size)
    assert opened(content) == clear


def test_nothing_of_the_clear_content_is_in_it():
    assert b"passeport" not in sealed(b"passeport" * 1000)


@given(st.binary(min_size=1, max_size=300), st.data())
def test_no_bit_can_change(clear, data):
    content = bytearray(sealed(clear))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ContentUnreadable):
        opened(bytes(content))


@given(st.data())
def test_no_length_but_the_whole(data):
    content = sealed(bytes(2 * CHUNK + 10))
    with pytest.raises(ContentUnreadable):
        opened(content[: data.draw(st.integers(0, len(content) - 1))])
    with pytest.raises(ContentUnreadable):
        opened(content + data.draw(st.binary(min_size=1, max_size=40)))


def test_chunks_cannot_change_places_or_go():
    content = sealed(bytes(range(256)) * (3 * CHUNK // 256))
    whole = CHUNK + TAG
    head, one, two, three = (
        content[:HEADER_BYTES], *(content[HEADER_BYTES + n * whole :][:whole] for n in range(3))
    )  # fmt: skip
    for order in ((two, one, three), (one, three), (one, two), (one, two, three, three), ()):
        with pytest.raises(ContentUnreadable):
            opened(head + b"".join(order))


def test_another_key_or_another_attachment_does_not_open_it():
    for key, uid in ((new_key(), UID), (KEY, uuid4())):
        with pytest.raises(ContentUnreadable):
            opened(sealed(b"passeport"), key, uid)


def test_memory_stays_bounded():
    """Chunks are given as they are read: the reader asks for one chunk ahead, never for all."""

    class Counting(BytesIO):
        asked = 0

        def read(self, size=-1):
            assert 0 <= size <= CHUNK + TAG
            Counting.asked += 1
            return super().read(size)

    stream = encrypted(Counting(bytes(20 * CHUNK)), KEY, UID)
    next(stream), next(stream)
    assert Counting.asked == 2
    assert cipher.sealed_size(20 * CHUNK) == HEADER_BYTES + 20 * (CHUNK + TAG)
