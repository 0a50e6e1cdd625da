"""Views to text or bytes, without reading, writing or printing anything."""
