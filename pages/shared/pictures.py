"""Pictures of themes, each with its words: in Set-up, and where a draft of The Promise changes."""

PICTURES = {
    "people": "People I love",
    "school": "School",
    "home": "Where I live",
    "money": "Money",
    "feel": "How I feel",
    "next": "What comes next",
    "else": "Something else",
}
