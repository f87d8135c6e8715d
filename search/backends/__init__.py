"""Backends of Wagtail's own search (pages, images, documents in the admin)."""
