"""Screen *Việc kỳ này*: the rows a unit reports in a period, typed like a spreadsheet."""
