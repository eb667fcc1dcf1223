"""The annotated copy, part by part: notes on cells, borders, the sheet that lists the findings, the package around them.

`ogsm_xl.excel.annotated_copy` is the door.
"""
