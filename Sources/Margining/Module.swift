// Margining
