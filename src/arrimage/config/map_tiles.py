"""The images under a map, where a server gives them."""

from urllib.parse import urlsplit


def sources(address: str) -> list[str]:
    """Return what a policy must let images come from: the host of the tiles (`{s}` stands for any), or nothing."""
    if not address:
        return []
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"]
