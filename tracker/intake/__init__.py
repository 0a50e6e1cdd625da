"""Other people's documents, read into lines and then into files for a person to finish."""
