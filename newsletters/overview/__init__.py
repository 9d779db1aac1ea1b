"""The monthly overview: one mail with the editions of a month for who chose that."""
