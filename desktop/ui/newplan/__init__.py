"""*Mở kế hoạch mới*: the next plan of the same hub, beside the one worked in."""
