"""Coverage, views and records to text or bytes; nothing here writes or prints."""
