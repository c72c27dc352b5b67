"""Small numbers stay private: from how many people on it may be shown what most of them say."""

SMALLEST = 5
