"""Cases of hostile and broken input, and what reads them."""
