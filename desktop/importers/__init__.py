"""Plan files (text, later .xlsx and .docx) -> Plan with findings."""
