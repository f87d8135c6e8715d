"""One line of what `make bench` prints and keeps."""


def figure(what: str, measured, reference: str) -> dict:
    return {"what": what, "measured": str(measured), "reference": reference}
