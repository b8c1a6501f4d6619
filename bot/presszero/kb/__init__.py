"""The knowledge base: articles read from ``kb/{lang}/``, checked, shown as pages and searched.

It never decides what the conversation does with an answer, and never writes a file.
"""
