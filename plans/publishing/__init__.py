"""What of a federation's plans is public: which versions, how they become so, and what is shown of them."""
