"""Files between machines: enrolment, sealing, taking in, receipts."""
