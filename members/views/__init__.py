"""What a user does with federations, members and access: one small module per page or job."""
