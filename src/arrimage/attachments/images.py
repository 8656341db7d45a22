"""Images are written anew: what is not the picture (place, camera, hidden content) does not get in."""

import threading
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from arrimage.attachments.errors import UploadRefused

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4000
JPEG_QUALITY = 88

# Fifty million pixels take 200 MB once decoded: one picture at a time in a process.
_one_at_a_time = threading.Lock()


def written_anew(content: bytes, name: str) -> bytes:
    """Return a JPEG or PNG image decoded and encoded again, turned the right way up, 4,000 pixels a side at most.

    Raises `UploadRefused` for more than fifty million pixels (said by the header: nothing is decoded then) and for
    what does not decode to the end.
    """
    with _one_at_a_time:
        try:
            with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _too_large(name)
                return _encoded(image)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_large(name) from error
        except UploadRefused:
            raise
        except Exception as error:  # Pillow's decoders raise nearly anything on what was made to break them
            raise UploadRefused(_("« %(name)s » est abîmé : l’image ne s’ouvre pas.") % {"name": name}) from error


def _encoded(image: Image.Image) -> bytes:
    written = "PNG" if image.format == "PNG" else "JPEG"
    if written == "JPEG":
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # the decoder itself divides what is much larger
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain = _plain(upright, transparent=written == "PNG")
    result = BytesIO()
    if written == "JPEG":
        plain.save(result, "JPEG", quality=JPEG_QUALITY, optimize=True)
    else:
        plain.save(result, "PNG")
    return result.getvalue()


def _plain(image: Image.Image, *, transparent: bool) -> Image.Image:
    """Return a fresh picture in a simple mode (grey or colours, of 8 bits), that carries nothing along."""
    if image.mode.startswith("I"):  # 16 bits a point, as scanners give
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    if transparent and has_alpha:
        mode = "RGBA"
    elif image.mode in ("1", "L", "LA"):
        mode = "L"
    else:
        mode = "RGB"
    plain = image.convert(mode)
    plain.info = {}
    return plain


def _too_large(name: str) -> UploadRefused:
    return UploadRefused(
        _("« %(name)s » est une image trop grande : elle a plus de 50 millions de points.") % {"name": name}
    )
