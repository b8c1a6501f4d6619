"""What only the demo desk needs: the systems of the provider it plays."""
