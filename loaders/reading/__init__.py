"""Read the world's files as streams of records: packages, encodings, CSV, XLSX, JSON and XML.

A record that cannot be read is handed to `reject` with its line and a reason, and all others follow. A
file that cannot be trusted as a whole raises FileError (a bomb, a broken archive, a torn end) or
LayoutError (no header that names its columns). Nothing else is raised, whatever the bytes.
"""
