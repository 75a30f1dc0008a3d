"""A large audit in parts, in memory that does not grow with the file; what comes out is the same as in one piece.

Rows are read block by block and typed (`rows`), and laid aside on disk by the hash of their place of work (`shelf`).
Whatever a rule looks back on is at one place of work, so every part can be judged by itself (`judging`); what belongs
to a person at any place is worked out first, in parts by person (`people`). In the end the cases and findings of all
parts are put in the order of the report (`ordering`), and the page is made of those that it shows (`together`).
"""
