"""The operation behind every image the public sees: narrower, and without what the camera wrote into it.

Wagtail's own operations keep EXIF (willow/plugins/pillow.py writes it back), and
EXIF holds places and persons. `plain-960` scales down to a width, drops it and writes
WebP, a third smaller than JPEG at the same looks; what moves stays a GIF. The original's
digest varies the key, so a replaced original never reuses old renditions.
"""

from wagtail.images.image_operations import FilterOperation

WIDTHS = (480, 960, 1600)
DRAWN = ("png", "gif", "bmp")  # charts and screens: every line stays sharp
DROPPED = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "icc_profile")


class PlainOperation(FilterOperation):
    vary_fields = ("sha256",)

    def construct(self, width):
        self.width = int(width)
        if self.width < 1:
            raise ValueError("plain-0 has no picture")

    def run(self, willow, image, env):
        width, height = willow.get_size()
        if width > self.width:
            willow = willow.resize((self.width, max(1, round(height * self.width / width))))
        for name in DROPPED:
            willow.image.info.pop(name, None)
        if not willow.has_animation():
            env["output-format"] = "webp"
            env["output-format-options"] = ("lossless",) if env["original-format"] in DRAWN else ()
        return willow


def specs_for(width: int) -> list[str]:
    """The widths worth making: those below the original's, and the first that holds it whole."""
    smaller = [w for w in WIDTHS if w < width]
    rest = [w for w in WIDTHS if w >= width][:1]
    return [f"plain-{w}" for w in smaller + rest]
