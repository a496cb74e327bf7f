"""What a careful officer would doubt: findings about the rows, never a silent change."""
