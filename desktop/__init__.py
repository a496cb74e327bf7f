"""Sổ tiến độ: an offline desktop application for carrying out a yearly work plan."""
