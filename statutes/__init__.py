"""Statutes, their articles, and which text was in force on a given date.

Cited by content and questions; knows neither.

"""
