"""What the Dashboard page is made of."""
