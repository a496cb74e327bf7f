"""Tiếp nhận and Gửi – Nhận: files that come and go, and machines that ask to report."""
