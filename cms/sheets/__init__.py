"""Tables as files: CSV, XLSX and ODS, written safely and read with suspicion."""
