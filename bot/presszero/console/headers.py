"""The headers of every page: no script and no style but our own files, no framing, nothing kept that belongs to a customer."""

from __future__ import annotations

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# `same-origin`, not `no-referrer`: under the latter browsers send `Origin: null` with our own forms.
PAGE = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
PRIVATE = {**PAGE, "cache-control": "no-store"}
PUBLIC = {**PAGE, "cache-control": "public, max-age=60"}
UNLISTED = {**PRIVATE, "x-robots-tag": "noindex, nofollow"}
# Named by the mark of their content, so they are kept for good; whatever the bytes are, they run nothing.
PICTURE = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "public, max-age=31536000, immutable",
}
