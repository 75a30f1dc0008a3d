"""Conditions in a policy, without Python: their text, words, types and mistakes."""
