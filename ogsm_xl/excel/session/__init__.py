"""The sheets of a session workbook, one module a sheet; `ogsm_xl.excel.session_workbook` puts them together."""
