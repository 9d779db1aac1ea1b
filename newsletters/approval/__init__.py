"""Approval: who wrote an edition does not decide alone that it goes out."""
