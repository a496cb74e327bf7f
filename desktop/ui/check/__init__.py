"""*Kiểm tra trước khi nhập*: a plan file as it was read, before anything is kept."""
