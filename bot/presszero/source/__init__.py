"""Reading files with places: YAML and front matter, every scalar as it was typed."""
