"""What the inbox readers reach on material with known answers: one module an area, each with `rows(fixtures)`."""
