"""A page that draws only its heading: what every page costs before it shows anything."""

import streamlit as st

st.title("Empty")
