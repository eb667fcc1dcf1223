"""Mail systems behind one Protocol."""
