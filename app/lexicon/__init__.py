"""What several rooms know about words of both languages: casing, numbers, romanisation, the two-language glossary.

Pure, standard library and data files only. The rooms above (search, stories, dedupe, render) may not see one another;
what they share about words stands here.
"""
