"""What several rooms know about words of both languages: stems, casing, numbers, romanisation, glossary.

Pure: the standard library, data files and a stemmer for English. The rooms above (search, stories, dedupe, render) may
not see one another; what they share about words stands here.
"""
