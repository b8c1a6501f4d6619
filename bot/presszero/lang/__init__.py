"""Russian and English as text: folding, stems, repair, plurals, detection, requests for a person. Pure."""
