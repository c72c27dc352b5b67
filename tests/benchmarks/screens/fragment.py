"""A heading and one fragment, since no page of the product has a fragment to measure."""

import streamlit as st


@st.fragment
def choice() -> None:
    """One choice that reruns only itself."""
    st.toggle("Run this alone")


st.title("A fragment")
choice()
