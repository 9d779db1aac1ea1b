"""Responses as files: for spreadsheets, statistics, maps and open data.

`columns` says what stands in which column, `rows` reads the responses in one pass, and each
format is a module that writes them. `files` holds the register of formats.
"""
