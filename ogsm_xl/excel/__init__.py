"""Workbook files: one layout for reader, editor and templates; reading, lossless editing, generating."""
