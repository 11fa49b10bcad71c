"""The web: pages over HTTP. It builds commands and shows queries, and knows nothing of how they are carried out."""
