"""Behind the door `ogsm_xl.excel.reader`: finding tables, rows and values in workbooks as people leave them."""
