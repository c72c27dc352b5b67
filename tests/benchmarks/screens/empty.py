"""A page that draws its heading alone: what every page costs before it says anything."""

import streamlit as st

st.title("Empty")
