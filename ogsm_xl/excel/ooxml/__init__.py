"""A workbook file as what it is: a zip of XML parts, read safely and spliced byte by byte."""
