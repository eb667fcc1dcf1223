"""Behind the door `ogsm_xl.excel.template`: the sheets of a plan workbook, one module a kind of sheet."""
