"""What the law says about the registers: pure functions, register values in, findings out."""
