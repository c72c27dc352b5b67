"""Every line of /share as a Streamlit page would bring it; the benchmark hands the lines over."""

import os
from pathlib import Path

import streamlit as st

first, *others = Path(os.environ["COPROD_BENCHMARK_WORDS"]).read_text("utf-8").splitlines()

st.title(first)
for line in others:
    st.text(line)
